import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { refusalResponse } from '../protocol/refusal-response.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { connectionRefused } from './channels.ts';
import { connectionOf } from './connection.ts';
import { nextRequestId } from './request-id.ts';

/**
 * What node:http's parser cannot read as a request is refused like any other request, as far as there is still a
 * connection to refuse it on.
 */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket, realm: string): void {
  const { address, underWay } = connectionOf(socket);
  // Bytes after "Connection: close" are nobody's: the answer that is under way is still awaited.
  if (underWay > 0 && error.code === 'HPE_CLOSED_CONNECTION') return;
  // Any others were the next request, or the body of this one: an answer to them would be taken for the one under way.
  if (underWay > 0 || error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else refuseConnection(socket, address, rejectionOf(error), realm);
}

/** Writes a refusal on a bare socket, and ends the connection. */
export function refuseConnection(socket: Duplex, peer: string, rejected: Rejection, realm: string): void {
  const requestId = nextRequestId();
  const { status, headers, body } = refusalResponse(rejected, requestId, realm);
  const fields = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' });
  const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  connectionRefused.announce({ requestId, peer, rejection: rejected });
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${body}`, () => socket.destroy());
}

function rejectionOf(error: NodeJS.ErrnoException): Rejection {
  const facts = { error: error.code, reason: error.message };
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      return rejection('headers_too_large', facts);
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return rejection('request_timeout', facts);
    default:
      return rejection('request_malformed', facts);
  }
}

import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { refusalResponse } from '../protocol/refusal-response.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { connectionRefused } from './channels.ts';
import { connectionOf } from './connection.ts';
import { type Exchange, latestExchange } from './exchange.ts';
import { refuse } from './refuse.ts';
import { nextRequestId } from './request-id.ts';

/** Nobody is left to be told: the connection broke, or ended in the midst of a request. */
const departures: ReadonlySet<string | undefined> = new Set(['ECONNRESET', 'HPE_INVALID_EOF_STATE']);

/**
 * What node:http's parser cannot read as a request is refused like any other request, as far as there is still a
 * connection to refuse it on.
 */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket, realm: string): void {
  const { address, underWay } = connectionOf(socket);
  const last = underWay > 0 ? latestExchange(socket) : undefined;
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
  else if (last === undefined) refuseConnection(socket, address, rejectionOf(error), realm);
  // Bytes after "Connection: close" are nobody's: the answer that is under way is still awaited.
  else if (error.code === 'HPE_CLOSED_CONNECTION') return;
  else if (departures.has(error.code)) socket.destroy();
  else if (last.incoming.complete) endAfter(last, socket);
  // Where it was refused before its body turned out unreadable, the answer is on its way, and ends the connection.
  else if (last.rejection === undefined) refuse(last, rejectionOf(error));
}

/** What cannot be read came after a request that could be: that one is answered first, and nothing after it. */
function endAfter({ response }: Exchange, socket: Socket): void {
  if (ending.has(socket)) return;
  ending.add(socket);
  if (response.writableFinished) socket.destroySoon();
  else response.once('finish', () => socket.destroySoon());
}

/** The parser complains of everything that still comes. */
const ending = new WeakSet<Socket>();

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

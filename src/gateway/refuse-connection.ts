import { STATUS_CODES } from 'node:http';
import { refusalResponse } from '../protocol/refusal-response.ts';
import type { Rejection } from '../protocol/rejection.ts';
import { connectionRefused } from './channels.ts';
import type { DownstreamConnection } from './downstream/index.ts';
import type { Peer } from './peer.ts';
import { nextRequestId } from './request-id.ts';

/** What is no request is refused like one, and is the end of its connection. */
export function refuseConnection(
  connection: DownstreamConnection,
  { address }: Peer,
  rejected: Rejection,
  realm: string,
): void {
  const requestId = nextRequestId();
  const { status, headers, body } = refusalResponse(rejected, requestId, realm);
  const fields = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' });
  const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  connectionRefused.announce({ requestId, peer: address, rejection: rejected });
  connection.closeAfter(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${body}`);
}

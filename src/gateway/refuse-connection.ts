import type { EpochMs } from '../base/clock.ts';
import { refusalResponse } from '../protocol/refusal-response.ts';
import type { Rejection } from '../protocol/rejection.ts';
import { connectionRefused } from './channels.ts';
import { dateLine } from './date-line.ts';
import { type DownstreamConnection, statusLine } from './downstream/index.ts';
import { writeFieldLines } from './http1/field-lines.ts';
import type { Peer } from './peer.ts';
import { nextRequestId } from './request-id.ts';

/** What is no request is refused like one, and is the end of its connection. */
export function refuseConnection(
  connection: DownstreamConnection,
  { address }: Peer,
  rejected: Rejection,
  { realm, now }: { readonly realm: string; readonly now: EpochMs },
): void {
  const requestId = nextRequestId();
  const { status, headers, body } = refusalResponse(rejected, requestId, realm);
  const length = `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n`;
  const head = statusLine(status) + writeFieldLines(Object.entries(headers).flat()) + dateLine(now) + length;
  connectionRefused.announce({ requestId, peer: address, rejection: rejected });
  connection.closeAfter(`${head}\r\n${body}`);
}

import { dateLine } from './date-line.ts';
import type { Exchange } from './exchange.ts';
import { writeFieldLines } from './http1/field-lines.ts';

/** A body this small is read to its end, so that the connection can be kept. */
const worthReading = 64 * 1024;

/** Answers from the gateway itself, where there is no upstream's answer to pass on. */
export function answer(exchange: Exchange, status: number, fields: readonly string[], body: string): void {
  const { answer: reply, house } = exchange;
  if (leavesBodyUnread(exchange) || house.isClosing) reply.isKept = false;
  const bytes = Buffer.from(body);
  const length = status === 204 ? '' : `Content-Length: ${bytes.length}\r\n`;
  const own = `${length}x-request-id: ${exchange.id}\r\n${dateLine(house.clock())}`;
  reply.begin(status, writeFieldLines(fields) + own, bytes.length);
  exchange.bytesOut += bytes.length;
  exchange.body?.drop();
  reply.write(bytes);
  reply.end();
}

/** Whether the client may still be sending a body that nobody is going to read. */
export function leavesBodyUnread({ body, head, isReadingBody }: Exchange): boolean {
  if (body === undefined || body.isComplete) return false;
  if (isReadingBody || head.expectsContinue || head.contentLength === undefined) return true;
  return head.contentLength > worthReading;
}

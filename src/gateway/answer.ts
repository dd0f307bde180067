import type { Exchange } from './exchange.ts';

/** A body this small is read to its end, so that the connection can be kept. */
const worthReading = 64 * 1024;

/** How long a client that is still sending may take to notice the answer, in milliseconds. */
const lingerMs = 1_000;

/** Answers from the gateway itself, where there is no upstream's answer to pass on. */
export function answer(exchange: Exchange, status: number, fields: readonly string[], body: string): void {
  const { response } = exchange;
  const isCutShort = leavesBodyUnread(exchange);
  if (isCutShort || exchange.house.isClosing) response.shouldKeepAlive = false;
  const length = Buffer.byteLength(body);
  const framing = status === 204 ? [] : ['content-length', String(length)];
  response.writeHead(status, [...fields, ...framing, 'x-request-id', exchange.id]);
  exchange.bytesOut += length;
  if (!isCutShort) {
    response.end(body);
    return;
  }
  response.write(body);
  endAfterBody(exchange);
}

/** Whether the client may still be sending a body that nobody is going to read. */
export function leavesBodyUnread({ incoming, expectsContinue, isReadingBody }: Exchange): boolean {
  if (incoming.complete) return false;
  if (isReadingBody || expectsContinue) return true;
  const length = incoming.headers['content-length'];
  if (length === undefined) return incoming.headers['transfer-encoding'] !== undefined;
  return !(Number(length) <= worthReading);
}

/**
 * RFC 9112 section 9.6: closing while the client still sends would reset the connection, and the client might lose
 * the answer. So all is said first, then the client is heard out for a while, then the connection ends.
 */
export function endAfterBody({ incoming, response }: Exchange): void {
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  incoming.once('end', end);
  response.once('close', () => clearTimeout(timer));
  incoming.resume();
}

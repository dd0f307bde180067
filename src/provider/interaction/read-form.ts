import type { IncomingMessage } from 'node:http';

/** Bytes; the longest password and username are far below. */
const longestForm = 16 * 1024;

/** @returns undefined where the body is no form (application/x-www-form-urlencoded) or too long */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  // Whoever stops reading must leave the connection alive: the answer goes the same way.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestForm) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

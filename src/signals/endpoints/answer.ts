import type { ServerResponse } from 'node:http';
import type { JsonObject } from '../../base/json.ts';

/** Whole answers, kept by nobody on the way unless the headers say so. */
export function answer(
  response: ServerResponse,
  status: number,
  body?: JsonObject,
  headers: Readonly<Record<string, string>> = {},
): void {
  const content = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(content),
    ...(body !== undefined && { 'content-type': 'application/json', 'content-language': 'en' }),
    ...headers,
  });
  response.end(content);
}

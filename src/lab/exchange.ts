import type { IncomingMessage, ServerResponse } from 'node:http';

/** Characters. */
const longestForm = 64 * 1024;

export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > longestForm) break;
  }
  return new URLSearchParams(text.slice(0, longestForm));
}

export function sendJson(response: ServerResponse, status: number, value: object): void {
  sendText(response, status, 'application/json', JSON.stringify(value));
}

export function sendText(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

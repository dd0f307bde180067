import type { IncomingMessage } from 'node:http';
import { refuseSignal, type SignalVerdict, understood } from '../signal-refusal.ts';

/** Bytes: far beyond any signal. */
const longest = 64 * 1024;

/** The body of a POST of one media type, bounded. */
export async function readBody(request: IncomingMessage, mediaType: string): Promise<SignalVerdict<Buffer>> {
  if (request.method !== 'POST') return refuseSignal('request_malformed', { expected: 'POST', method: request.method });
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== mediaType) {
    return refuseSignal('request_malformed', { expected: mediaType, 'content-type': type.trim().slice(0, 128) });
  }
  const chunks: Buffer[] = [];
  let length = 0;
  // Whoever stops reading must leave the connection alive: the answer goes the same way.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) return refuseSignal('request_too_large', { longest });
    chunks.push(chunk);
  }
  return understood(Buffer.concat(chunks));
}

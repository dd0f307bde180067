import type { RequestBody } from './downstream/index.ts';
import type { Exchange } from './exchange.ts';
import { BodyTooLarge } from './upstream-failure.ts';

/**
 * The body as it comes in, no faster than the upstream takes it, and no longer than the API allows.
 *
 * @throws BodyTooLarge, BodyUnreadable
 */
export async function* requestBody(exchange: Exchange, body: RequestBody, maxBytes: number): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body.read()) {
      exchange.bytesIn += chunk.length;
      if (exchange.bytesIn > maxBytes) throw new BodyTooLarge();
      yield chunk;
    }
  } finally {
    // What the upstream did not want is read and dropped, for as long as the connection lives.
    body.drop();
  }
}

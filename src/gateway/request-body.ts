import type { Exchange } from './exchange.ts';
import { BodyTooLarge } from './upstream-failure.ts';

/**
 * The body as it comes in, no faster than the upstream takes it, and no longer than the API allows.
 *
 * Destroying an IncomingMessage would take the client's connection with it, and with that the answer. An iterator can
 * be left alone.
 */
export async function* requestBody(exchange: Exchange, maxBytes: number): AsyncGenerator<Buffer> {
  const chunks: AsyncIterable<Buffer> = exchange.incoming.iterator({ destroyOnReturn: false });
  try {
    for await (const chunk of chunks) {
      exchange.bytesIn += chunk.length;
      if (exchange.bytesIn > maxBytes) throw new BodyTooLarge();
      yield chunk;
    }
  } finally {
    // What the upstream did not want is read and dropped, for as long as the connection lives.
    exchange.incoming.resume();
  }
}

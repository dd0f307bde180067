import { Pool } from 'undici';

/** What makes two upstreams share connections. */
export interface PoolOptions {
  readonly origin: string;
  readonly ca: string | undefined;
  readonly connectMs: number;
}

/**
 * Keep-alive connections to upstreams, one pool for each origin, kept over reloads. A pool that nobody holds any more
 * lets its last answers come in and closes.
 */
export class UpstreamPools {
  readonly #held = new Map<string, { readonly pool: Pool; holders: number }>();

  acquire(options: PoolOptions): Pool {
    const key = keyOf(options);
    const held = this.#held.get(key) ?? { pool: openPool(options), holders: 0 };
    held.holders++;
    this.#held.set(key, held);
    return held.pool;
  }

  release(options: PoolOptions): void {
    const key = keyOf(options);
    const held = this.#held.get(key);
    if (held === undefined || --held.holders > 0) return;
    this.#held.delete(key);
    // Sockets of a pool in closing end with its last answer; that it has ended is nobody's business.
    held.pool.close().catch(() => undefined);
  }

  /** Cuts off whatever is still under way. */
  async destroy(): Promise<void> {
    const pools = [...this.#held.values()].map(({ pool }) => pool.destroy());
    this.#held.clear();
    await Promise.all(pools);
  }
}

function keyOf({ origin, ca, connectMs }: PoolOptions): string {
  return JSON.stringify([origin, ca, connectMs]);
}

function openPool({ origin, ca, connectMs }: PoolOptions): Pool {
  return new Pool(origin, {
    pipelining: 1,
    connect: {
      timeout: connectMs,
      // An upgraded connection may be closed in one direction only (RFC 6455 section 7.1.1 leaves that to TCP).
      allowHalfOpen: true,
      ...(ca === undefined ? {} : { ca }),
    },
  });
}

import { type PoolOptions, UpstreamPool } from './upstream/index.ts';

/**
 * Keep-alive connections to upstreams, one pool for each origin, kept over reloads. A pool that nobody holds any more
 * lets its last answers come in and closes.
 */
export class UpstreamPools {
  readonly #held = new Map<string, { readonly pool: UpstreamPool; holders: number }>();

  acquire(options: PoolOptions): UpstreamPool {
    const key = keyOf(options);
    const held = this.#held.get(key) ?? { pool: new UpstreamPool(options), holders: 0 };
    held.holders++;
    this.#held.set(key, held);
    return held.pool;
  }

  release(options: PoolOptions): void {
    const key = keyOf(options);
    const held = this.#held.get(key);
    if (held === undefined || --held.holders > 0) return;
    this.#held.delete(key);
    held.pool.close();
  }

  /** Cuts off whatever is still under way. */
  destroy(): void {
    for (const { pool } of this.#held.values()) pool.destroy();
    this.#held.clear();
  }
}

function keyOf({ origin, ca, connectMs }: PoolOptions): string {
  return JSON.stringify([origin, ca, connectMs]);
}

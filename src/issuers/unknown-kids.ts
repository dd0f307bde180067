import type { EpochMs } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';

/** Kids that the issuer did not have when it was asked. Bounded: whoever makes up kids pushes out the oldest. */
export class UnknownKids {
  static readonly #limit = 1000;
  /** A minute: some issuers sign with a key a moment before all of their servers publish it. */
  static readonly #lifetime = 60_000;

  /** By hash, since a kid may be as long as a token. */
  readonly #until = new Map<string, EpochMs>();

  has(kid: string, now: EpochMs): boolean {
    const until = this.#until.get(sha256Hex(kid));
    return until !== undefined && now < until && now >= until - UnknownKids.#lifetime;
  }

  add(kid: string, now: EpochMs): void {
    const hash = sha256Hex(kid);
    this.#until.delete(hash);
    this.#until.set(hash, now + UnknownKids.#lifetime);
    for (const oldest of this.#until.keys()) {
      if (this.#until.size <= UnknownKids.#limit) return;
      this.#until.delete(oldest);
    }
  }

  /** The key set has changed: any of them may be in it now. */
  clear(): void {
    this.#until.clear();
  }

  get size(): number {
    return this.#until.size;
  }
}

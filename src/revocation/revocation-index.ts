import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EpochMs } from '../base/clock.ts';
import type { Principal } from '../protocol/principal.ts';
import { IssuerRevocations } from './issuer-revocations.ts';
import type { RevocationEffect } from './revocation.ts';
import type { RevocationMatch } from './revocation-match.ts';

/**
 * All live revocations in memory: synchronous, exact, in constant time. Issuer first, so that what one issuer's entry
 * names never hits a token of another. Applying an entry twice, or entries in another order, changes nothing.
 */
export class RevocationIndex {
  #issuers = new Map<string, IssuerRevocations>();
  readonly #subscribers = new Set<() => void>();
  #version = 0;
  #lastSeq = 0;

  /** Grows with every change: between two versions, `match` gives the same answers. */
  get version(): number {
    return this.#version;
  }

  /** The greatest sequence number that was applied, 0 at first. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** How many records are held; entries that say the same are one. */
  get size(): number {
    let size = 0;
    for (const issuer of this.#issuers.values()) size += issuer.size;
    return size;
  }

  apply(entries: readonly RevocationEffect[]): void {
    if (entries.length === 0) return;
    for (const entry of entries) {
      this.#issuer(entry.issuer).add(entry);
      this.#lastSeq = Math.max(this.#lastSeq, entry.seq);
    }
    this.#change();
  }

  /** Becomes, at one stroke, what another index is; that one is given up. */
  replaceBy(other: RevocationIndex): void {
    this.#issuers = other.#issuers;
    this.#lastSeq = other.#lastSeq;
    this.#change();
  }

  /** Calls `wake` whenever tokens may have died, at once and so within the change. Returns how to stop. */
  subscribe(wake: () => void): () => void {
    this.#subscribers.add(wake);
    return () => this.#subscribers.delete(wake);
  }

  /**
   * The entry that kills the token of this principal, or will: see `isInForce`. It dies with each token that it was
   * exchanged for, whoever issued that.
   */
  match(principal: Principal): RevocationMatch | undefined {
    let match = this.#issuers.get(principal.issuer)?.match(principal);
    for (const ancestor of principal.ancestors) {
      match = sooner(match, this.#issuers.get(ancestor.issuer)?.matchAncestor(ancestor));
    }
    return match;
  }

  /** Drops the entries whose `expiresAt` is not after `now`, a little at a time; resolves with how many records. */
  async purge(now: EpochMs): Promise<number> {
    let total = 0;
    for (const dropped of this.#purgeInSteps(now)) {
      if (dropped > 0) this.#version++;
      total += dropped;
      await nextTurn();
    }
    return total;
  }

  *#purgeInSteps(now: EpochMs): Generator<number> {
    const issuers = this.#issuers; // Those of before a replacement go on to be purged, for nobody.
    for (const [identifier, issuer] of issuers) {
      yield* issuer.purge(now);
      if (issuer.size === 0) issuers.delete(identifier);
    }
  }

  #change(): void {
    this.#version++;
    for (const wake of this.#subscribers) wake();
  }

  #issuer(identifier: string): IssuerRevocations {
    const known = this.#issuers.get(identifier);
    if (known !== undefined) return known;
    const issuer = new IssuerRevocations();
    this.#issuers.set(identifier, issuer);
    return issuer;
  }
}

/** Which of two kills first; what kills at once has no beginning. */
function sooner(one: RevocationMatch | undefined, other: RevocationMatch | undefined): RevocationMatch | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return (other.from ?? 0) < (one.from ?? 0) ? other : one;
}

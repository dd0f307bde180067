import type { Clock, EpochMs } from '../base/clock.ts';
import { StoreUnavailable } from '../base/store-unavailable.ts';
import type { NewRevocation, Revocation } from './revocation.ts';
import { RevocationFollower } from './revocation-follower.ts';
import { RevocationIndex } from './revocation-index.ts';
import type { RevocationLog } from './revocation-log.ts';

export interface RevocationsOptions {
  readonly log: RevocationLog;
  readonly clock: Clock;
  /** Milliseconds without sight of the end of the log after which this process may have missed something. Default 5000. */
  readonly maxStalenessMs?: number | undefined;
  /** Milliseconds between two looks at the log, besides being woken by it. Default 500. */
  readonly pollMs?: number | undefined;
}

/** Revocation in one process: its index, what keeps it level with the log, and how to revoke. */
export interface Revocations {
  readonly index: RevocationIndex;
  readonly follower: RevocationFollower;
  /** Whether this process may have missed revocations for longer than is allowed. */
  isStale(now: EpochMs): boolean;
  /**
   * Resolves when the entries are durable AND applied here: the next request with such a token is refused.
   *
   * @throws RevocationInvalid naming everything that is wrong with the entries; nothing was revoked then
   */
  revoke(entries: readonly NewRevocation[]): Promise<readonly Revocation[]>;
  /** Drops expired entries, from the log and from memory; returns how many the log had. */
  purge(now: EpochMs): Promise<number>;
}

export function createRevocations(options: RevocationsOptions): Revocations {
  const { log, clock, maxStalenessMs = 5000, pollMs } = options;
  const index = new RevocationIndex();
  const follower = new RevocationFollower({ log, index, clock, pollMs });
  return Object.freeze({
    index,
    follower,
    // A clock that was set back far says nothing about staleness either.
    isStale: (now: EpochMs) => Math.abs(follower.stalenessMs(now)) > maxStalenessMs,
    async revoke(entries: readonly NewRevocation[]) {
      const appended = await log.append(entries);
      await follower.catchUp();
      const last = appended.at(-1)?.seq ?? 0;
      if (follower.position.seq < last) throw new StoreUnavailable('The log does not show what was appended to it.');
      return appended;
    },
    async purge(now: EpochMs) {
      await index.purge(now);
      return log.purge(now);
    },
  });
}

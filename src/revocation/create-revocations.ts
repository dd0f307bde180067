import { randomUUID } from 'node:crypto';
import { type Clock, type EpochMs, type MonotonicClock, monotonicClock } from '../base/clock.ts';
import { StoreUnavailable } from '../base/store-unavailable.ts';
import { type FollowedRevocations, followRevocations } from './followed-revocations.ts';
import type { GatewayRoster } from './gateway-roster.ts';
import { Presence } from './presence.ts';
import type { NewRevocation, Revocation } from './revocation.ts';
import { RevocationFollower } from './revocation-follower.ts';
import { RevocationIndex } from './revocation-index.ts';
import type { RevocationLog } from './revocation-log.ts';

export interface RevocationsOptions {
  readonly log: RevocationLog;
  readonly clock: Clock;
  /** Default: the system's. */
  readonly monotonic?: MonotonicClock | undefined;
  /** Milliseconds without sight of the end of the log after which this process may have missed something. Default 5000. */
  readonly maxStalenessMs?: number | undefined;
  /** Milliseconds between two looks at the log, besides being woken by it. Default 500. */
  readonly pollMs?: number | undefined;
  /** For a gateway: where it reports that it is there, and as whom. */
  readonly presence?:
    | { readonly roster: Pick<GatewayRoster, 'report' | 'withdraw'>; readonly name: string }
    | undefined;
}

/** Revocation in one process, and how to revoke. */
export interface Revocations extends FollowedRevocations {
  readonly follower: RevocationFollower;
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
  const { log, clock, monotonic = monotonicClock, maxStalenessMs = 5000, pollMs } = options;
  const index = new RevocationIndex();
  const follower = new RevocationFollower({ log, index, clock, monotonic, pollMs });
  const presence = presenceOf(options, index, follower);
  return Object.freeze({
    ...followRevocations({ index, follower, presence, maxStalenessMs, monotonic }),
    follower,
    async revoke(entries: readonly NewRevocation[]) {
      const appended = await log.append(entries);
      await follower.catchUp();
      const last = appended.at(-1)?.seq ?? 0;
      if (follower.applied.seq < last) throw new StoreUnavailable('The log does not show what was appended to it.');
      return appended;
    },
    async purge(now: EpochMs) {
      await index.purge(now);
      return log.purge(now);
    },
  });
}

/** The lease IS the allowed staleness: so a gateway that is not heard of for that long refuses by itself. */
function presenceOf(
  { presence, clock, monotonic, maxStalenessMs: leaseMs = 5000 }: RevocationsOptions,
  index: RevocationIndex,
  follower: RevocationFollower,
): Presence | undefined {
  if (presence === undefined) return undefined;
  return new Presence({
    roster: presence.roster,
    gateway: { id: randomUUID(), name: presence.name, startedAt: clock(), leaseMs },
    follower,
    index,
    onBegun: () => void follower.catchUp().catch(() => undefined),
    monotonic,
  });
}

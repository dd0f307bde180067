import { randomUUID } from 'node:crypto';
import { type Clock, type EpochMs, type MonotonicClock, monotonicClock } from '../base/clock.ts';
import { StoreUnavailable } from '../base/store-unavailable.ts';
import { type FollowedRevocations, followRevocations } from './followed-revocations.ts';
import type { GatewayRoster } from './gateway-roster.ts';
import { Presence } from './presence.ts';
import type { GatewayReceipt, Receipt } from './receipt.ts';
import { Receipts } from './receipts.ts';
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
  /** Who is there: without it, nobody can wait for a revocation to come into force everywhere. */
  readonly roster?: GatewayRoster | undefined;
  /** As whom a gateway is on the roster. Default: this process is none. */
  readonly gatewayName?: string | undefined;
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
  /**
   * The same, and waits for every gateway to apply the entries, for so many milliseconds at most.
   *
   * @throws RevocationInvalid naming everything that is wrong with the entries; nothing was revoked then
   */
  revokeEverywhere(entries: readonly NewRevocation[], waitMs: number): Promise<RevokedEverywhere>;
  /** How each gateway stands towards the entry of that number now. */
  whereInForce(seq: number): Promise<readonly GatewayReceipt[]>;
  /** Drops expired entries, from the log and from memory; returns how many the log had. */
  purge(now: EpochMs): Promise<number>;
}

export interface RevokedEverywhere {
  readonly entries: readonly Revocation[];
  readonly receipt: Receipt;
}

export function createRevocations(options: RevocationsOptions): Revocations {
  const { log, clock, monotonic = monotonicClock, maxStalenessMs = 5000, pollMs, roster } = options;
  const index = new RevocationIndex();
  const follower = new RevocationFollower({ log, index, clock, monotonic, pollMs });
  const presence = presenceOf(options, index, follower);
  const receipts = roster && new Receipts({ roster, log, leaseMs: maxStalenessMs, monotonic });
  const applyUpTo = async (entries: readonly Revocation[]): Promise<void> => {
    await follower.catchUp();
    if (follower.applied.seq >= lastOf(entries)) return;
    throw new StoreUnavailable('The log does not show what was appended to it.');
  };
  return Object.freeze<Revocations>({
    ...followRevocations({ index, follower, presence, maxStalenessMs, monotonic }),
    follower,
    async revoke(entries) {
      const appended = await log.append(entries);
      await applyUpTo(appended);
      return appended;
    },
    async revokeEverywhere(entries, waitMs) {
      if (receipts === undefined) throw new TypeError('There is no roster of gateways to wait for.');
      const appended = await log.append(entries);
      const since = monotonic();
      const [receipt] = await Promise.all([receipts.await(lastOf(appended), since, waitMs), applyUpTo(appended)]);
      return { entries: appended, receipt };
    },
    whereInForce: async (seq) => (await receipts?.tell(seq))?.gateways ?? [],
    async purge(now) {
      await index.purge(now);
      return log.purge(now);
    },
  });
}

function lastOf(entries: readonly Revocation[]): number {
  return entries.at(-1)?.seq ?? 0;
}

/** The lease IS the allowed staleness: so a gateway that is not heard of for that long refuses by itself. */
function presenceOf(
  { roster, gatewayName: name, clock, monotonic, maxStalenessMs: leaseMs = 5000 }: RevocationsOptions,
  index: RevocationIndex,
  follower: RevocationFollower,
): Presence | undefined {
  if (roster === undefined || name === undefined) return undefined;
  return new Presence({
    roster,
    gateway: { id: randomUUID(), name, startedAt: clock(), leaseMs },
    follower,
    index,
    onBegun: () => void follower.catchUp().catch(() => undefined),
    monotonic,
  });
}

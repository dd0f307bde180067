import { randomUUID } from 'node:crypto';
import { type Clock, type MonotonicClock, monotonicClock } from '../base/clock.ts';
import type { StreamingHttpClient } from '../net/index.ts';
import { type FollowedRevocations, followRevocations, Presence, RevocationIndex } from '../revocation/index.ts';
import { connectHub } from './hub.ts';
import { HubFollower } from './hub-follower.ts';
import type { HubOptions } from './hub-options.ts';
import { hubRoster } from './hub-roster.ts';

/** Of the allowed staleness, how long a stream may be silent or a call may take: so there is time for another. */
const idleShare = 0.6;

export interface FollowHubOptions {
  readonly hub: HubOptions;
  readonly http: StreamingHttpClient;
  readonly clock: Clock;
  /** Default: the system's. */
  readonly monotonic?: MonotonicClock | undefined;
  /** Milliseconds; the hub says at least each second where the log ends. */
  readonly maxStalenessMs: number;
  /** Of this gateway, for people. */
  readonly name: string;
}

/** Revocation in a gateway without a database: with the same guarantees as in one that has it. */
export function followHub(options: FollowHubOptions): FollowedRevocations {
  const { clock, maxStalenessMs, name, http, monotonic = monotonicClock } = options;
  const index = new RevocationIndex();
  const idleMs = maxStalenessMs * idleShare;
  const hub = connectHub(options.hub, { http, monotonic, timeout: idleMs });
  const follower = new HubFollower({ hub, index, clock, monotonic, idleMs });
  const presence = new Presence({
    roster: hubRoster(hub),
    gateway: { id: randomUUID(), name, startedAt: clock(), leaseMs: maxStalenessMs },
    follower,
    index,
    monotonic,
  });
  return followRevocations({ index, follower, presence, maxStalenessMs, monotonic });
}

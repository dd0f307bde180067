import { type MonotonicClock, monotonicClock } from '../base/clock.ts';
import type { LogFollower } from './log-follower.ts';
import type { Presence } from './presence.ts';
import type { RevocationIndex } from './revocation-index.ts';

/** Revocation in a process that only obeys: its index, and what keeps it level with the log. */
export interface FollowedRevocations {
  readonly index: RevocationIndex;
  readonly follower: LogFollower;
  /** Resolves when the index is level with the log, and a gateway on the roster, however often that has to be tried. */
  start(): Promise<void>;
  /** For a process that decides nothing any more. */
  stop(): Promise<void>;
  /** Whether this process may have missed revocations for longer than is allowed. */
  isStale(): boolean;
  /** Milliseconds since it last knew all there was to know; infinite before the first catch-up. */
  stalenessMs(): number;
}

export interface FollowedRevocationsParts {
  readonly index: RevocationIndex;
  readonly follower: LogFollower;
  /** Of a gateway. */
  readonly presence: Presence | undefined;
  /** Milliseconds without sight of the end of the log after which this process may have missed something. */
  readonly maxStalenessMs: number;
  /** Default: the system's. */
  readonly monotonic?: MonotonicClock | undefined;
}

export function followRevocations(parts: FollowedRevocationsParts): FollowedRevocations {
  const { index, follower, presence, maxStalenessMs, monotonic = monotonicClock } = parts;
  return Object.freeze({
    index,
    follower,
    async start() {
      await presence?.start();
      await follower.start();
    },
    async stop() {
      await presence?.stop();
      follower.stop();
    },
    isStale() {
      const now = monotonic(); // Not that of the request, which may have waited for an answer, or with the whole process.
      return now - follower.confirmedAt >= maxStalenessMs || presence?.isHeard(now) === false;
    },
    stalenessMs: () => monotonic() - follower.confirmedAt,
  });
}

import type { EpochMs } from '../base/clock.ts';

/** So many within any stretch of time of this length. */
export interface Quota {
  /** @returns milliseconds until there is room again; 0 where there is, which is then taken */
  take(now: EpochMs): number;
}

export function createQuota(limit: number, milliseconds: number): Quota {
  let taken: EpochMs[] = [];
  return {
    take(now) {
      // A clock that was set back must not lock anybody out.
      taken = taken.filter((at) => at <= now && now - at < milliseconds);
      const [first] = taken;
      if (first !== undefined && taken.length >= limit) return first + milliseconds - now;
      taken.push(now);
      return 0;
    },
  };
}

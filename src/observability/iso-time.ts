import type { EpochMs } from '../base/clock.ts';

export function isoTime(at: EpochMs): string {
  return new Date(at).toISOString();
}

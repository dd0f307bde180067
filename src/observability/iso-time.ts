import type { EpochMs } from '../base/clock.ts';

export function isoTime(at: EpochMs): string {
  return new Date(at).toISOString();
}

let told = { at: 0, time: isoTime(0) };

/** The time of a log line, worked out once for all lines of one millisecond. */
export function isoNow(): string {
  const at = Date.now();
  if (at !== told.at) told = { at, time: isoTime(at) };
  return told.time;
}

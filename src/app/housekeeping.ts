import type { EpochMs } from '../base/clock.ts';

/** Something that keeps rows which expire. */
export interface Purgeable {
  purge(now: EpochMs): Promise<unknown>;
}

/** Milliseconds between two purges. */
const interval = 60_000;

/** Drops what has expired, now and then. What fails is tried again the next time. */
export function startHousekeeping(
  purgeables: readonly Purgeable[],
  clock: () => EpochMs,
  onFailure: (error: unknown) => void,
): () => void {
  const timer = setInterval(async () => {
    for (const purgeable of purgeables) await purgeable.purge(clock()).catch(onFailure);
  }, interval);
  timer.unref();
  return () => clearInterval(timer);
}

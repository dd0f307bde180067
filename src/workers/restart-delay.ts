/** Milliseconds. */
const first = 250;
const longest = 30_000;

/** Milliseconds: a worker that lived for longer has not failed because of how it starts. */
export const longEnough = 10_000;

/** Milliseconds to wait after so many workers in a row have not lived long enough: at first none. */
export function restartDelay(shortLives: number): number {
  return shortLives <= 1 ? 0 : Math.min(longest, first * 2 ** (shortLives - 2));
}

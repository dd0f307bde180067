const first = 100;
const longest = 2000;

/**
 * Milliseconds to wait before the hub is called again: twice as long after each failure in a row, never long, and a part
 * by chance, so that many edges do not come back in step.
 *
 * @param failures in a row; 0 after a stream that was good and has ended
 * @param chance from 0 to 1
 */
export function reconnectDelay(failures: number, chance: number): number {
  return Math.min(first * 2 ** failures, longest) * (0.5 + chance / 2);
}

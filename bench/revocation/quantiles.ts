/** How milliseconds are spread, in one line. */
export function quantiles(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1);
  return `n=${sorted.length} p50=${at(0.5)} p90=${at(0.9)} p99=${at(0.99)} p99.9=${at(0.999)} max=${at(1)} ms`;
}

/** How many took at most so many milliseconds, a line for each doubling. */
export function histogram(times: readonly number[]): readonly string[] {
  const lines: string[] = [];
  const longest = Math.max(...times);
  for (let [from, to] = [0, 1]; from < longest; [from, to] = [to, to * 2]) {
    const share = times.filter((time) => time >= from && time < to).length / times.length;
    lines.push(`${String(to).padStart(6)} ms ${'#'.repeat(Math.round(share * 60))} ${(share * 100).toFixed(1)} %`);
  }
  return lines;
}

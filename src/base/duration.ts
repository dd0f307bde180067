const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const form = /^(0|[1-9]\d*)(ms|s|m|h|d)$/;

/**
 * Reads a duration such as `500ms`, `30s`, `10m`, `1h` or `7d`: a whole number and its unit.
 *
 * @returns milliseconds; undefined where the text is not of that form or too large to count exactly
 */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = form.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const value = Number(digits) * (milliseconds[unit] ?? Number.NaN);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Writes milliseconds the way `parseDuration` reads them, in the largest unit that counts them exactly. */
export function formatDuration(value: number): string {
  const fitting = Object.entries(milliseconds).filter(([, size]) => value !== 0 && value % size === 0);
  const [unit, size] = fitting.at(-1) ?? ['ms', 1];
  return `${value / size}${unit}`;
}

const bytes: Readonly<Record<string, number>> = {
  B: 1,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

const form = /^(0|[1-9]\d*)(B|KiB|MiB|GiB)$/;

/**
 * Reads a size such as `512B`, `16KiB`, `10MiB` or `1GiB`: a whole number and its binary unit (IEC 80000-13).
 *
 * @returns bytes; undefined where the text is not of that form or too large to count exactly
 */
export function parseSize(text: string): number | undefined {
  const [, digits, unit] = form.exec(text) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const value = Number(digits) * (bytes[unit] ?? Number.NaN);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** Writes bytes the way `parseSize` reads them, in the largest unit that counts them exactly. */
export function formatSize(value: number): string {
  const fitting = Object.entries(bytes).filter(([, size]) => value !== 0 && value % size === 0);
  const [unit, size] = fitting.at(-1) ?? ['B', 1];
  return `${value / size}${unit}`;
}

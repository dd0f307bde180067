import { formatSize, parseSize } from '../../base/size.ts';
import { type Reading, textField } from './text-field.ts';

interface Bounds {
  /** Bytes. */
  readonly min: number;
  /** Bytes. */
  readonly max: number;
}

const remedy = 'Write a whole number and its unit (B, KiB, MiB or GiB), such as 16KiB.';

/** A size with its unit; bytes once read. */
export function sizeField({ min, max }: Bounds) {
  const form = { title: 'size', examples: ['16KiB'] as const, pattern: '^(0|[1-9]\\d*)(B|KiB|MiB|GiB)$' };
  return textField(form, (text): Reading<number> => {
    const value = parseSize(text);
    if (value === undefined) return { reason: `"${text}" is no size`, remedy };
    if (value >= min && value <= max) return { value };
    const reason = `is ${value < min ? 'smaller' : 'larger'} than allowed`;
    return { reason, remedy: `Write something from ${formatSize(min)} to ${formatSize(max)}.` };
  });
}

export const kibibyte = 1024;
export const mebibyte = 1024 * kibibyte;
export const gibibyte = 1024 * mebibyte;

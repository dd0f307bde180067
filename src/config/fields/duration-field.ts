import { formatDuration, parseDuration } from '../../base/duration.ts';
import { type Reading, textField } from './text-field.ts';

interface Bounds {
  /** Milliseconds. Default 0. */
  readonly min?: number;
  /** Milliseconds. */
  readonly max: number;
}

const remedy = 'Write a whole number and its unit (ms, s, m, h or d), such as 10m.';

/** A duration with its unit; milliseconds once read. */
export function durationField({ min = 0, max }: Bounds) {
  const form = { title: 'duration', examples: ['10m'] as const, pattern: '^(0|[1-9]\\d*)(ms|s|m|h|d)$' };
  return textField(form, (text): Reading<number> => {
    const value = parseDuration(text);
    if (value === undefined) return { reason: `"${text}" is no duration`, remedy };
    if (value >= min && value <= max) return { value };
    const reason = `is ${value < min ? 'shorter' : 'longer'} than allowed`;
    return { reason, remedy: `Write something from ${formatDuration(min)} to ${formatDuration(max)}.` };
  });
}

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

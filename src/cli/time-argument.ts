import { InvalidArgumentError } from 'commander';
import { systemClock } from '../base/clock.ts';
import { parseDuration } from '../base/duration.ts';

/** @throws InvalidArgumentError where it is no time of ISO 8601 */
export function timeArgument(text: string): string {
  return timeOf(text) ?? refuse('Write a time such as 2026-11-24T08:00:00Z.');
}

/** A time, or how long ago that was. */
export function pastArgument(text: string): string {
  const ago = parseDuration(text);
  const then = ago === undefined ? timeOf(text) : isoOf(systemClock() - ago);
  return then ?? refuse('Write a time such as 2026-11-24T08:00:00Z, or how long ago such as 2h.');
}

function timeOf(text: string): string | undefined {
  return /^\d{4}-\d\d-\d\d/.test(text) ? isoOf(Date.parse(text)) : undefined;
}

function isoOf(time: number): string | undefined {
  return Number.isNaN(new Date(time).getTime()) ? undefined : new Date(time).toISOString();
}

function refuse(remedy: string): never {
  throw new InvalidArgumentError(remedy);
}

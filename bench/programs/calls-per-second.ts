import { setImmediate as nextTurn } from 'node:timers/promises';
import { median } from '../harness/statistics.ts';

/** Milliseconds of processor time. */
const sliceMs = 50;
const warmUpSlices = 30;
const measuredSlices = 60;

/**
 * How often a call fits into a second of processor time, once it is warm: the median of slices, between which the rest
 * of the program has its turn.
 *
 * @param call is told how often it was called in its slice
 */
export async function callsPerSecond(call: (turn: number) => void): Promise<number> {
  const slices: number[] = [];
  for (let slice = 0; slice < warmUpSlices + measuredSlices; slice++) {
    slices.push(repeat(call, sliceMs));
    await nextTurn();
  }
  return median(slices.slice(warmUpSlices));
}

/** @param ms of processor time @returns calls for each second of it */
export function repeat(call: (turn: number) => void, ms: number): number {
  const start = process.cpuUsage();
  let calls = 0;
  for (;;) {
    for (let i = 0; i < 100; i++) call(calls++);
    const { user, system } = process.cpuUsage(start);
    if (user + system >= ms * 1_000) return calls / ((user + system) / 1e6);
  }
}

import { fileURLToPath } from 'node:url';
import { cores } from './pinned-process.ts';
import { ports } from './ports.ts';
import { runTool } from './run-tool.ts';

export interface Paced {
  /** A token a line; after the last one it begins anew. */
  readonly file: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** What each answer has to be, but for those who are told that they are too many (503). */
  readonly status: number;
}

export interface PacedResult {
  readonly answered: number;
  /** Milliseconds under which 99 % were answered. */
  readonly p99: number;
  /** Answered with 503. */
  readonly busy: number;
}

const script = fileURLToPath(new URL('paced-tokens.lua', import.meta.url));

/**
 * Requests spread evenly over time, whether or not the last ones were answered, as far as 64 connections go.
 *
 * @throws where one was answered with anything else, or not at all
 */
export async function runPaced({ file, perSecond, seconds, status }: Paced): Promise<PacedResult> {
  const wrk = ['wrk', '-t1', '-c64', '--timeout', '10s', `-d${seconds}`, '-s', script];
  const url = `http://127.0.0.1:${ports.system}/orders`;
  const args = [url, '--', file, String(perSecond), String(status)];
  const output = await runTool('taskset', ['-c', cores.rest, ...wrk, ...args]);
  const result = JSON.parse(output.trim().split('\n').at(-1) ?? '') as PacedResult & { failed: number; wrong: number };
  const { failed, wrong, answered } = result;
  if (failed + wrong > 0) throw new Error(`${failed + wrong} of ${answered} requests were not answered with ${status}`);
  return result;
}

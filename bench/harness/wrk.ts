import { fileURLToPath } from 'node:url';
import type { Load } from './contestant.ts';
import { cores } from './pinned-process.ts';
import { runTool } from './run-tool.ts';

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Requests that got no answer in ten seconds, or a broken one. */
  readonly failed: number;
  /** Answers that were not 2xx or 3xx. */
  readonly refused: number;
}

/** As fast as 64 connections go: each sends its next request when the last one is answered. */
export async function runWrk({ script, url, args }: Load, seconds: number): Promise<LoadResult> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const wrk = ['wrk', '-t1', '-c64', '--timeout', '10s', `-d${seconds}`, '-s', path, url, '--', ...args];
  const output = await runTool('taskset', ['-c', cores.rest, ...wrk]);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as LoadResult;
}

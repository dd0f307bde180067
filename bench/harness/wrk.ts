import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cores } from './pinned-process.ts';
import { ports } from './ports.ts';

const script = fileURLToPath(new URL('cycle-tokens.lua', import.meta.url));

export interface Load {
  readonly path: string;
  /** One token a line. */
  readonly tokenFile: string;
  readonly seconds: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Requests that got no answer in two seconds, or a broken one. */
  readonly failed: number;
  /** Answers that were not 2xx or 3xx. */
  readonly refused: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** As fast as 64 connections go: each sends its next request when the last one is answered. */
export async function runWrk({ path, tokenFile, seconds }: Load): Promise<LoadResult> {
  const url = `http://127.0.0.1:${ports.system}${path}`;
  const wrk = ['wrk', '-t1', '-c64', `-d${seconds}`, '-s', script, url, '--', tokenFile];
  const output = await run('taskset', ['-c', String(cores.rest), ...wrk]);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as LoadResult;
}

function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`${command} failed: ${output}`))));
  });
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cores } from './pinned-process.ts';
import { ports } from './ports.ts';
import { runTool } from './run-tool.ts';
import type { Site } from './site.ts';
import { quantile } from './statistics.ts';

export interface FixedRate {
  /** One for each process of the generator: h2load sends the same header fields in all its requests. */
  readonly tokens: readonly string[];
  /** Over 64 connections, in all. */
  readonly requestsPerSecond: number;
  readonly seconds: number;
}

const connections = 64;
const warmUpMicroseconds = 1e6;

/**
 * Requests at a fixed rate, whether or not the last ones were answered (open loop), over HTTP/1.1.
 *
 * @returns the time under which 99 % were answered, in milliseconds, the first second left out
 * @throws where one was not answered with 200
 */
export async function p99AtFixedRate(site: Site, { tokens, requestsPerSecond, seconds }: FixedRate): Promise<number> {
  const folder = site.furnishedFolder();
  const each = Math.floor(connections / tokens.length);
  const rate = requestsPerSecond / (each * tokens.length);
  const url = `http://127.0.0.1:${ports.system}/orders`;
  const logs = await Promise.all(
    tokens.map(async (token, n) => {
      const log = join(folder, `requests-${n}.log`);
      const args = ['--h1', '-t1', `-c${each}`, `-D${seconds}`, `--rps=${rate}`, `--log-file=${log}`];
      await runTool('taskset', ['-c', cores.rest, 'h2load', ...args, '-H', `authorization: Bearer ${token}`, url]);
      return readFileSync(log, 'utf8').trim().split('\n').map(readLine);
    }),
  );
  return p99Of(logs.flat());
}

interface LoggedRequest {
  readonly start: number;
  readonly status: number;
  readonly microseconds: number;
}

/** h2load(1), `--log-file`: start in microseconds since the epoch, status, microseconds until the end of the answer. */
function readLine(line: string): LoggedRequest {
  const [start = Number.NaN, status = Number.NaN, microseconds = Number.NaN] = line.split('\t').map(Number);
  return { start, status, microseconds };
}

function p99Of(requests: readonly LoggedRequest[]): number {
  const bad = requests.filter(({ status }) => status !== 200);
  if (bad.length > 0) throw new Error(`${bad.length} requests were not answered with 200`);
  const first = requests.reduce((earliest, { start }) => Math.min(earliest, start), Number.POSITIVE_INFINITY);
  const warm = requests.filter(({ start }) => start - first > warmUpMicroseconds);
  return (
    quantile(
      warm.map(({ microseconds }) => microseconds),
      0.99,
    ) / 1_000
  );
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alternate } from './alternate.ts';
import { gate } from './gate.ts';
import { p99AtFixedRate } from './h2load.ts';
import { cores } from './pinned-process.ts';
import type { Round } from './question.ts';
import { runTool } from './run-tool.ts';
import type { Site } from './site.ts';
import { gatehouse } from './systems.ts';
import { runWrk } from './wrk.ts';

const program = fileURLToPath(new URL('../programs/requests-at-rate.ts', import.meta.url));
const strangersPerSecond = 10_000;
const knownPerSecond = 2_000;
const seconds = 4;

/** Tokens that the gateway has never seen, and what it has to say of each. */
export interface Strangers {
  token(n: number): string;
  readonly status: '200' | '401';
}

/** How much longer requests with known tokens take (p99) while strangers come, in the same process. */
export async function compareWithStrangers(site: Site, { token, status }: Strangers): Promise<readonly Round[]> {
  const file = join(site.folder, 'strangers.tokens');
  const tokens = Array.from({ length: strangersPerSecond * seconds }, (_, n) => token(n));
  writeFileSync(file, tokens.join('\n'));
  const pairs = await alternate(
    site.rounds,
    () => measureKnown(site, () => sendStrangers(file, status)),
    () => measureKnown(site, async () => undefined),
  );
  return pairs.map(([beset, quiet]) => ({
    value: beset / quiet,
    figures: { 'with strangers': beset, without: quiet },
  }));
}

async function measureKnown(site: Site, meanwhile: () => Promise<void>): Promise<number> {
  const known = site.tokens('RS256');
  const contestant = gate(gatehouse(), known);
  const running = await contestant.start(site);
  try {
    await contestant.verify();
    await runWrk(contestant.load, 6);
    const tokens = readFileSync(known.file, 'utf8').split('\n').slice(0, 8);
    const load = { tokens, requestsPerSecond: knownPerSecond, seconds };
    const [p99] = await Promise.all([p99AtFixedRate(site, load), meanwhile()]);
    await contestant.verify();
    return p99;
  } finally {
    await running.stop();
  }
}

async function sendStrangers(file: string, status: string): Promise<void> {
  const args = [String(strangersPerSecond), String(seconds), file, status];
  const output = await runTool('taskset', ['-c', cores.rest, process.execPath, program, ...args]);
  const { sent, wrong } = JSON.parse(output) as { sent: number; wrong: number };
  if (wrong > 0) throw new Error(`${wrong} of ${sent} strangers were not answered with ${status}`);
  const share = sent / (strangersPerSecond * seconds);
  if (share < 0.9) console.error(`  only ${Math.round(share * 100)} % of the strangers could be sent in time`);
}

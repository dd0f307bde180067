import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate } from './alternate.ts';
import { gate } from './gate.ts';
import type { Round } from './question.ts';
import { type Paced, runPaced } from './run-paced.ts';
import type { Site } from './site.ts';
import { gatehouse } from './systems.ts';
import { runWrk } from './wrk.ts';

const strangersPerSecond = 10_000;
const knownPerSecond = 2_000;
const seconds = 4;

/** Tokens that the gateway has never seen, and what it has to say of each. */
export interface Strangers {
  token(n: number): string;
  readonly status: 200 | 401;
}

/** How much longer requests with known tokens take (p99) while strangers come, in the same process. */
export async function compareWithStrangers(site: Site, { token, status }: Strangers): Promise<readonly Round[]> {
  const file = join(site.folder, 'strangers.tokens');
  const tokens = Array.from({ length: strangersPerSecond * seconds }, (_, n) => token(n));
  writeFileSync(file, tokens.join('\n'));
  const load = { file, perSecond: strangersPerSecond, seconds, status };
  const pairs = await alternate(
    site.rounds,
    () => measureKnown(site, load),
    () => measureKnown(site),
  );
  return pairs.map(([beset, quiet]) => ({
    value: beset.p99 / quiet.p99,
    figures: { 'strangers a second': beset.strangers, 'with them': beset.p99, 'without them': quiet.p99 },
  }));
}

interface Measured {
  readonly p99: number;
  /** Answered in a second. */
  readonly strangers: number;
}

async function measureKnown(site: Site, strangers?: Paced): Promise<Measured> {
  const supply = site.tokens('RS256');
  const contestant = gate(gatehouse(), supply);
  const running = await contestant.start(site);
  try {
    await contestant.verify();
    await runWrk(contestant.load, 6);
    const known = runPaced({ file: supply.file, perSecond: knownPerSecond, seconds, status: 200 });
    const [{ p99, busy }, others] = await Promise.all([known, strangers && runPaced(strangers)]);
    if (busy > 0) throw new Error(`${busy} requests with known tokens were refused as too many`);
    await contestant.verify();
    if (others === undefined) return { p99, strangers: 0 };
    const answered = Math.round(others.answered / seconds);
    if (answered < 0.9 * strangersPerSecond) console.error(`  only ${answered} strangers a second were answered`);
    if (others.busy > 0) console.error(`  ${others.busy} strangers were told to come back`);
    return { p99, strangers: answered };
  } finally {
    await running.stop();
  }
}

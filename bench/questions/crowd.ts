import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contestant } from '../harness/contestant.ts';
import { gate } from '../harness/gate.ts';
import type { Question } from '../harness/question.ts';
import type { Site } from '../harness/site.ts';
import { compareThroughput, requestsPerSecond } from '../harness/throughput.ts';
import { audience, issuer } from '../harness/tokens.ts';

const program = fileURLToPath(new URL('../programs/crowded-gateway.ts', import.meta.url));

export const crowd: Question = {
  name: 'crowd',
  asks: 'cost of a request with 1,000 APIs, 100 issuers, 1,000,000 remembered tokens and revocations, against 1 of each',
  goal: { bound: 'at most', value: 1.15 },
  unit: requestsPerSecond,
  needs: ['taskset', 'wrk', 'nginx'],
  async measure(site) {
    const crowded = crowdedGate(site, 'crowded', { apis: 1_000, issuers: 100, tokens: 1e6, revocations: 1e6 });
    const lonely = crowdedGate(site, 'one of each', { apis: 1, issuers: 1, tokens: 1, revocations: 1 });
    // The cost of a request is the time for it: the other way round than requests in a time.
    return compareThroughput(site, lonely, crowded);
  },
};

interface Crowd {
  readonly apis: number;
  readonly issuers: number;
  readonly tokens: number;
  readonly revocations: number;
}

/** One token for each API, of the issuer that it takes. */
function crowdedGate(site: Site, label: string, { apis, issuers, tokens, revocations }: Crowd): Contestant {
  const args = [apis, issuers, tokens, revocations].map(String);
  const start = (where: Site) =>
    where.start(process.execPath, ['--max-old-space-size=12288', program, ...args], { patienceMs: 120_000 });
  const mine = Array.from({ length: apis }, (_, n) =>
    site.mint('RS256', { iss: `${issuer}/issuers/${n % issuers}`, aud: `${audience}/${n}` }),
  );
  const file = join(site.folder, `${label}.tokens`);
  writeFileSync(file, mine.map((token, n) => `${token} /orders/${n}`).join('\n'));
  const { bad } = site.tokens('RS256');
  const supply = { file, good: mine[0] as string, bad, issuer: `${issuer}/issuers/0` };
  return gate({ label, start, checksTokens: true, tells: 'upstream' }, supply, { path: '/orders/0' });
}

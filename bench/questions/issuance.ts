import type { Contestant } from '../harness/contestant.ts';
import { credentials, provider } from '../harness/opaque-tokens.ts';
import { ports } from '../harness/ports.ts';
import type { Question } from '../harness/question.ts';
import type { Running } from '../harness/running.ts';
import type { Site } from '../harness/site.ts';
import { peer, startGatehouse } from '../harness/systems.ts';
import { compareThroughput } from '../harness/throughput.ts';

export const issuance: Question = {
  name: 'issuance',
  asks: 'opaque tokens by client credentials, durable in SQLite, against a bare oidc-provider in memory',
  goal: { bound: 'at least', value: 0.8 },
  unit: 'tokens/s of one core',
  needs: ['taskset', 'wrk', 'nginx'],
  measure(site) {
    const bare = (where: Site): Promise<Running> =>
      where.start(process.execPath, [peer('bare-oidc-provider.ts')], { port: ports.provider });
    return compareThroughput(site, issuer('gatehouse', startGatehouse), issuer('oidc-provider', bare));
  },
};

function issuer(label: string, start: (site: Site) => Promise<Running>): Contestant {
  return {
    label,
    load: { script: 'issue-tokens.lua', url: `${provider}/token`, args: [credentials, encodeURIComponent(resource)] },
    start: (site) => start(site),
    verify: () => verifyIssuance(label),
  };
}

const resource = 'https://orders.example';

/** Each token is a new one, and only the client gets any. */
async function verifyIssuance(label: string): Promise<void> {
  const [one, other] = [await ask(credentials), await ask(credentials)];
  if (one.token === undefined || one.token === other.token) throw new Error(`${label} issued ${one.status}`);
  const stranger = await ask(btoa('reporting:not-its-secret'));
  if (stranger.status !== 401) throw new Error(`${label} answered ${stranger.status} to a wrong secret`);
}

async function ask(basic: string): Promise<{ readonly status: number; readonly token?: string | undefined }> {
  const answer = await fetch(`${provider}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
  });
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  return { status: answer.status, token };
}

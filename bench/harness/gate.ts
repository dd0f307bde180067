import type { Contestant } from './contestant.ts';
import { ports } from './ports.ts';
import type { TokenSupply } from './site.ts';
import type { System } from './systems.ts';

/** A system that requests with these tokens go through. */
export function gate(system: System, tokens: TokenSupply, facts: { label?: string; path?: string } = {}): Contestant {
  const { label = system.label, path = '/orders' } = facts;
  const url = `http://127.0.0.1:${ports.system}${path}`;
  return {
    label,
    load: { script: 'cycle-tokens.lua', url, args: [tokens.file] },
    start: (site) => system.start(site),
    verify: () => verifyAnswers(system, tokens, url),
  };
}

async function verifyAnswers({ label, checksTokens, tells }: System, tokens: TokenSupply, url: string): Promise<void> {
  const { good, bad, issuer } = tokens;
  await expectStatus(label, url, good, 200);
  if (checksTokens) for (const token of bad) await expectStatus(label, url, token, 401);
  if (tells === 'nobody') return;
  const told =
    tells === 'upstream'
      ? (await (await ask(`${url}/caller`, good)).text()).split(' ')[0]
      : (await ask(url, good)).headers.get('gatehouse-issuer');
  if (told !== issuer) throw new Error(`${label} said "${told}" where the issuer is ${issuer}`);
}

async function expectStatus(label: string, url: string, token: string, expected: number): Promise<void> {
  const { status } = await ask(url, token);
  if (status !== expected) throw new Error(`${label} answered ${status} where ${expected} is right`);
}

function ask(url: string, token: string): Promise<Response> {
  return fetch(url, { headers: { authorization: `Bearer ${token}` } });
}

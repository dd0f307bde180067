import { ports } from './ports.ts';
import type { TokenSupply } from './site.ts';
import type { System } from './systems.ts';
import { issuer } from './tokens.ts';

/** @throws where a good token is not let in, a bad one is, or the upstream is not told what was promised */
export async function verifyAnswers(system: System, { good, bad }: TokenSupply): Promise<void> {
  await expectStatus(system, good, 200);
  if (system.checksTokens) for (const token of bad) await expectStatus(system, token, 401);
  if (!system.tellsCaller) return;
  const told = await (await ask(good, '/orders/caller')).text();
  if (!/^http\S+ \S+$/.test(told)) throw new Error(`${system.name} told the upstream "${told}" of the caller`);
  if (!told.startsWith(`${issuer} `) && !told.startsWith(`http://127.0.0.1:${ports.provider} `)) {
    throw new Error(`${system.name} told the upstream another issuer: "${told}"`);
  }
}

async function expectStatus(system: System, token: string, expected: number): Promise<void> {
  const { status } = await ask(token, '/orders');
  if (status !== expected) throw new Error(`${system.name} answered ${status} where ${expected} is right`);
}

function ask(token: string, path: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${ports.system}${path}`, { headers: { authorization: `Bearer ${token}` } });
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ports } from './ports.ts';
import type { Site, TokenSupply } from './site.ts';
import { startGatehouse } from './systems.ts';
import { tamper } from './tokens.ts';

export const provider = `http://127.0.0.1:${ports.provider}`;
export const credentials = btoa('reporting:a-secret-for-the-benchmark-only');

/** Opaque tokens of our provider, and the store that knows them. */
export interface OpaqueSupply extends TokenSupply {
  readonly data: string;
}

/** 1,000 of them, issued by client credentials; one of the bad ones is revoked. */
export async function issueOpaqueTokens(site: Site): Promise<OpaqueSupply> {
  const running = await startGatehouse(site);
  try {
    const tokens = await Promise.all(Array.from({ length: 1_000 }, issue));
    const revoked = await issue();
    await post('/revoke', new URLSearchParams({ token: revoked }));
    const file = join(running.folder, 'opaque.tokens');
    writeFileSync(file, tokens.join('\n'));
    const good = tokens[0] as string;
    return { file, data: join(running.folder, 'data'), issuer: provider, good, bad: [tamper(good), revoked] };
  } finally {
    await running.stop();
  }
}

async function issue(): Promise<string> {
  const wish = { grant_type: 'client_credentials', resource: 'https://orders.example' };
  const answer = (await (await post('/token', new URLSearchParams(wish))).json()) as { access_token: string };
  return answer.access_token;
}

async function post(path: string, body: URLSearchParams): Promise<Response> {
  const answer = await fetch(provider + path, {
    method: 'POST',
    body,
    headers: { authorization: `Basic ${credentials}` },
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

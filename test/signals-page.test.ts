import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { parseConfig, renderReport } from '../src/config/index.ts';
import { signalEventNames, signalProfiles, signalRefusalKinds } from '../src/signals/index.ts';

const page = await readFile(new URL('../docs/signals.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);

/** A part of a configuration, with what it leaves out: an API that accepts the issuers it shows. */
function completed(block: string): string {
  const shown = parse(block) as { issuers?: object; provider?: object };
  const orders = {
    audience: 'https://api.example.com/orders',
    route: { path: '/orders' },
    upstream: 'http://127.0.0.1:9000',
    accept: Object.keys(shown.issuers ?? { provider: {} }),
    rules: [{ scopes: ['orders:read'] }],
  };
  return stringify({ provider: { issuer: 'http://127.0.0.1:8081' }, ...shown, apis: { orders } });
}

for (const [index, block] of blocks.entries()) {
  test(`block ${index + 1} of docs/signals.md is accepted without a warning`, () => {
    const env = new Proxy({}, { get: () => 'a secret' });
    const outcome = parseConfig(completed(block), { path: 'signals.md', env });
    assert.equal(renderReport(outcome.ok ? [] : outcome.faults, outcome.warnings), '', block);
  });
}

test('docs/signals.md has every event that revokes, and no other', () => {
  const [, section = ''] = /## What an event does\n([\s\S]*?)\n`events` of a receiver/.exec(page) ?? [];
  const told = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  assert.deepEqual(told.toSorted(), signalEventNames.toSorted());
});

test('docs/signals.md has every refusal with its remedy', () => {
  const rows = Object.entries(signalRefusalKinds).map(([code, { err, title, remedy }]) => {
    const told = err === undefined ? '503' : `\`${err}\``;
    return `| \`${code}\` | ${told} | ${title} ${remedy} |`;
  });
  const [, table = ''] = /\| code \| `err` \| what to do \|\n\|---\|---\|---\|\n([\s\S]*)$/.exec(page) ?? [];
  assert.deepEqual(table.trim().split('\n'), rows);
});

test('docs/signals.md says whose access tokens name no session', () => {
  const [, names = ''] = /Where they do not \(([^)]*)\)/.exec(page) ?? [];
  const titles: Readonly<Record<string, string>> = {
    adfs: 'AD FS',
    auth0: 'Auth0',
    cognito: 'Cognito',
    'entra-v1': 'Entra ID',
    'entra-v2': 'Entra ID',
    google: 'Google',
    okta: 'Okta',
    pingfederate: 'PingFederate',
  };
  const without = Object.entries(signalProfiles).filter(([, { sessionInTokens }]) => !sessionInTokens);
  const expected = new Set(without.map(([preset]) => titles[preset]));
  assert.deepEqual(new Set(names.split(/,\s+/)), expected);
});

test('the pages that docs/signals.md leads to are there', async () => {
  for (const [, target = ''] of page.matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
    await readFile(new URL(target, new URL('../docs/', import.meta.url)));
  }
});

import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { parseConfig, renderReport } from '../src/config/index.ts';
import { presetNames } from '../src/issuers/index.ts';

const page = await readFile(new URL('../docs/federation.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

// biome-ignore lint/suspicious/noExplicitAny: a configuration before it is checked
type Tree = Record<string, any>;

/** A part of a configuration, with what it leaves out: an API that accepts the issuers it shows. */
function completed(block: string): string {
  const { apis = {}, ...rest } = parse(block) as Tree;
  const orders = {
    audience: 'https://api.example.com/orders',
    route: { path: '/orders' },
    upstream: 'http://127.0.0.1:9000',
    accept: Object.keys(rest['issuers'] ?? { provider: {} }),
    rules: [{ scopes: ['orders:read'] }],
    ...apis.orders,
  };
  // The provider names APIs by URI, and not every audience of a foreign issuer is one.
  if (orders.accept.includes('provider')) orders.audience = 'https://api.example.com/orders';
  return stringify({ provider: { issuer: 'http://127.0.0.1:8081' }, ...rest, apis: { orders } });
}

const env = new Proxy({}, { get: () => 'a secret' });
const readFromDisk = (path: string): string =>
  path.endsWith('.pem') ? String(privateKey.export({ type: 'pkcs8', format: 'pem' })) : 'a secret';

for (const [index, block] of blocks.entries()) {
  test(`block ${index + 1} of docs/federation.md is accepted without a warning`, () => {
    const outcome = parseConfig(completed(block), { path: 'federation.md', env, readFile: readFromDisk });
    assert.equal(renderReport(outcome.ok ? [] : outcome.faults, outcome.warnings), '', block);
  });
}

test('docs/federation.md has a recipe for every preset', () => {
  const issuers = blocks.flatMap((block) => Object.values(((parse(block) as Tree)['issuers'] ?? {}) as Tree));
  const shown = new Set(issuers.map(({ preset = 'oidc' }) => preset));
  assert.deepEqual([...shown].toSorted(), presetNames.toSorted());
});

test('the pages that docs/federation.md leads to are there', async () => {
  for (const [, target = ''] of page.matchAll(/\]\(([^)#]+)[^)]*\)/g)) {
    await readFile(new URL(target, new URL('../docs/', import.meta.url)));
  }
});

test('the codes that docs/federation.md names are codes', async () => {
  const known = await readFile(new URL('../docs/rejections.md', import.meta.url), 'utf8');
  for (const [, code = ''] of page.matchAll(/(?:503|refuses with) `([a-z_]+)`/g)) {
    assert.ok(known.includes(`| \`${code}\` |`), code);
  }
});

test('the bounds that docs/federation.md states are the defaults', async () => {
  const options = await readFile(new URL('../docs/options.md', import.meta.url), 'utf8');
  const stated = [
    ...page.matchAll(/(\d+) (hour|minute|second)s \(`([\w.]+)`\)|`([\w.]+)` \((\d+) (hour|minute|second)s\)/g),
  ];
  assert.ok(stated.length >= 6, `${stated.length}`);
  for (const [text, before, unitBefore, pathBefore, pathAfter, after, unitAfter] of stated) {
    const value = `${before ?? after}${(unitBefore ?? unitAfter)?.[0]}`;
    assert.ok(options.includes(`\`issuers.NAME.${pathBefore ?? pathAfter}\` | duration | \`${value}\` |`), text);
  }
});

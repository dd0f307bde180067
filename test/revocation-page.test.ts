import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parse, stringify } from 'yaml';
import { revocationsCommand } from '../src/cli/revocations/revocations-command.ts';
import { revokeCommand } from '../src/cli/revocations/revoke-command.ts';
import { parseConfig, renderReport } from '../src/config/index.ts';
import { createMetrics } from '../src/observability/metrics.ts';
import { observeState } from '../src/observability/observe-state.ts';
import { rejectionKinds } from '../src/protocol/rejection.ts';

const page = await readFile(new URL('../docs/revocation.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = '']) => block);

// biome-ignore lint/suspicious/noExplicitAny: a configuration before it is checked
type Tree = Record<string, any>;

/** A part of a configuration, with what it leaves out. */
function completed(block: string): string {
  const { apis = {}, provider = {}, ...rest } = parse(block.replaceAll(/\$\{\w+\}/g, '"$&"')) as Tree;
  const isEdge = rest['store'] === 'none';
  const orders = {
    audience: 'https://api.example.com/orders',
    route: { path: '/orders' },
    upstream: 'http://127.0.0.1:9000',
    accept: [...Object.keys(rest['issuers'] ?? {}), ...(isEdge ? [] : ['provider'])],
    rules: [{ scopes: ['orders:read'] }],
    ...apis.orders,
  };
  const own = isEdge ? {} : { provider: { issuer: 'http://127.0.0.1:8081', ...provider } };
  return stringify({ ...own, ...rest, apis: { orders } });
}

for (const [index, block] of blocks.entries()) {
  test(`block ${index + 1} of docs/revocation.md is accepted without a warning`, () => {
    const env = new Proxy({}, { get: () => 'a secret' });
    const outcome = parseConfig(completed(block), { path: 'revocation.md', env });
    assert.equal(renderReport(outcome.ok ? [] : outcome.faults, outcome.warnings), '', block);
  });
}

test('the codes that docs/revocation.md names are codes, with these answers', () => {
  const named = [...page.matchAll(/(\d{3}) `([a-z_]+)`/g)];
  assert.ok(named.length >= 6);
  for (const [, status, code = ''] of named) {
    const kind = Object.entries(rejectionKinds).find(([name]) => name === code)?.[1];
    assert.equal(kind?.status, Number(status), code);
  }
});

test('the values that docs/revocation.md calls the defaults are', async () => {
  const options = await readFile(new URL('../docs/options.md', import.meta.url), 'utf8');
  const isDefault = (path: string, value: string): boolean =>
    options.split('\n').some((line) => line.startsWith(`| \`${path}\` |`) && line.includes(`| \`${value}\` |`));
  const stated = {
    'issuers.NAME.status': 'check',
    'issuers.NAME.statusTimes.minRefresh': '5s',
    'issuers.NAME.statusTimes.maxRefresh': '5m',
    'issuers.NAME.statusTimes.maxStale': '15m',
    'gateway.statusLists': '128MiB',
    'revocation.maxStaleness': '5s',
    'apis.NAME.onStaleRevocations': 'refuse',
    'provider.lifetimes.statusList': '30s',
  };
  for (const [path, value] of Object.entries(stated)) {
    assert.ok(isDefault(path, value), path);
    assert.ok(page.includes(value.replace(/(?<=\d)(MiB)$/, ' $1')), `${path}: ${value}`);
  }
});

test('the metrics that docs/revocation.md names are there', async () => {
  const { registry } = createMetrics();
  const zero = (): number => 0;
  observeState(registry, { rememberedTokens: zero, revocations: zero, revocationStalenessMs: zero });
  const there = new Set(registry.getMetricsAsArray().map(({ name }) => name));
  const named = new Set(page.match(/gatehouse_\w+/g));
  assert.ok(named.size >= 8);
  assert.deepEqual(
    [...named].filter((name) => !there.has(name)),
    [],
  );
});

test('the options of commands that docs/revocation.md names are there', () => {
  for (const [command, name] of [
    [revokeCommand(), 'revoke'],
    [revocationsCommand(), 'revocations'],
  ] as const) {
    const lines = page.match(new RegExp(`gatehouse ${name} .*`, 'g')) ?? [];
    const named = lines.flatMap((line) => line.match(/--\w+/g) ?? []);
    assert.ok(named.length > 0);
    const there = new Set(command.options.map(({ long }) => long));
    for (const option of named) assert.ok(there.has(option), `gatehouse ${name} ${option}`);
  }
});

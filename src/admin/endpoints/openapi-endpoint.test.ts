import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anAdmin } from '../../../test/fixtures/an-admin.ts';

type Node = Readonly<Record<string, unknown>>;

/** Every object in the document, with where it stands. */
function* nodesOf(value: unknown, path = '#'): Generator<readonly [string, Node]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Node];
  for (const [name, member] of Object.entries(value)) yield* nodesOf(member, `${path}/${name}`);
}

test('the document says how each endpoint is called, what it answers and how it refuses', async (t) => {
  const admin = await anAdmin(t);
  const { status, json } = await admin.call('GET', '/openapi.json');
  assert.equal(status, 200);
  assert.equal(json.openapi, '3.1.0');
  const operations = Object.entries<Record<string, Node>>(json.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  assert.ok(operations.length >= 24, String(operations.length));
  for (const { path, method, operation } of operations) {
    const where = `${method} ${path}`;
    assert.ok(typeof operation['summary'] === 'string', where);
    const responses = operation['responses'] as Record<string, Node>;
    assert.ok(
      Object.keys(responses).some((code) => code.startsWith('2')),
      where,
    );
    if (!path.endsWith('z')) assert.ok(responses['401'] !== undefined && responses['403'] !== undefined, where);
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const parameters = (operation['parameters'] ?? []) as readonly Node[];
    const described = parameters.filter((parameter) => parameter['in'] === 'path').map(({ name }) => name);
    assert.deepEqual(described, named, where);
  }
});

test('every reference in the document leads somewhere', async (t) => {
  const admin = await anAdmin(t);
  const { json } = await admin.call('GET', '/openapi.json');
  let references = 0;
  for (const [path, node] of nodesOf(json)) {
    if (typeof node['$ref'] !== 'string') continue;
    references += 1;
    const target = node['$ref']
      .split('/')
      .slice(1)
      .reduce<unknown>((at, name) => (at as Node | undefined)?.[name], json);
    assert.ok(target !== undefined, `${path} refers to ${node['$ref']}`);
  }
  assert.ok(references > 20);
});

test('the probes are described as open, everything else as needing a token', async (t) => {
  const admin = await anAdmin(t);
  const { json } = await admin.call('GET', '/openapi.json');
  assert.deepEqual(json.security, [{ bearer: [] }]);
  const open = Object.entries<Record<string, Node>>(json.paths)
    .filter(([, { get }]) => JSON.stringify(get?.['security']) === '[]')
    .map(([path]) => path);
  assert.deepEqual(open, ['/livez', '/readyz']);
});

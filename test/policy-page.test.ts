import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parse } from 'yaml';
import { type ConsumerOptions, createConsumers } from '../src/access/index.ts';
import { compilePolicy } from '../src/policy/index.ts';

const page = await readFile(new URL('../docs/policy.md', import.meta.url), 'utf8');

function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
}

test('the rules in docs/policy.md compile', () => {
  const found = blocks('yaml').flatMap((block) => parse(block).rules ?? []);
  assert.notEqual(found.length, 0);
  assert.ok(compilePolicy(found));
});

test('the consumers in docs/policy.md are found by each of their clients, and by no other issuer', () => {
  const found = blocks('yaml').flatMap((block) => Object.entries(parse(block).consumers ?? {}));
  assert.notEqual(found.length, 0);
  for (const [name, { clients }] of found as [string, Pick<ConsumerOptions, 'clients'>][]) {
    const consumers = createConsumers([{ name, clients }]);
    for (const { issuer, client } of clients) {
      assert.equal(consumers.of(issuer, client)?.name, name);
      assert.equal(consumers.of('other', client), undefined);
    }
  }
});

for (const when of blocks('cel').flatMap((block) => block.trim().split('\n'))) {
  test(`the expression in docs/policy.md compiles: ${when}`, () => {
    assert.ok(compilePolicy([{ when }]));
  });
}

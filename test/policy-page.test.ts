import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parse } from 'yaml';
import { compilePolicy } from '../src/policy/index.ts';

const page = await readFile(new URL('../docs/policy.md', import.meta.url), 'utf8');

function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
}

test('the rules in docs/policy.md compile', () => {
  const found = blocks('yaml');
  assert.notEqual(found.length, 0);
  for (const block of found) assert.ok(compilePolicy(parse(block).rules));
});

for (const when of blocks('cel').flatMap((block) => block.trim().split('\n'))) {
  test(`the expression in docs/policy.md compiles: ${when}`, () => {
    assert.ok(compilePolicy([{ when }]));
  });
}

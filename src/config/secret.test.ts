import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format, inspect } from 'node:util';
import { Secret } from './secret.ts';

test('whatever prints a secret does not show it', () => {
  const secret = new Secret('hunter2');
  const printed = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ deep: [secret] }),
    format('%o', secret),
  ];
  for (const text of printed) {
    assert.ok(!text.includes('hunter2'), text);
    assert.ok(text.includes('[secret]'), text);
  }
  assert.deepEqual(Object.entries(secret), []);
});

test('only reveal gives it away', () => {
  assert.equal(new Secret('hunter2').reveal(), 'hunter2');
});

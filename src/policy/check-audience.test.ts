import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aPrincipal } from '../../test/fixtures/a-principal.ts';
import type { Check } from '../protocol/check.ts';
import { checkAudience } from './check-audience.ts';

const orders = 'https://api.example.com/orders';

test('one audience in common is enough, and the witness is told which', () => {
  const seen: [Check, object][] = [];
  const principal = aPrincipal({ audiences: ['https://elsewhere.example', orders] });
  assert.equal(
    checkAudience(['urn:orders', orders], principal, (check, facts) => seen.push([check, facts])),
    undefined,
  );
  assert.deepEqual(seen, [['policy', { audience: orders }]]);
});

test('a token without an audience was issued for nobody', () => {
  const refusal = checkAudience([orders], aPrincipal({ audiences: [] }));
  assert.deepEqual(refusal, { code: 'audience_mismatch', facts: { expected: [orders], actual: [] } });
});

test('audiences are compared letter by letter', () => {
  const others = [`${orders}/`, orders.toUpperCase(), `${orders} `, 'https://api.example.com', '', '__proto__'];
  for (const audience of others) {
    assert.equal(checkAudience([orders], aPrincipal({ audiences: [audience] }))?.code, 'audience_mismatch', audience);
  }
});

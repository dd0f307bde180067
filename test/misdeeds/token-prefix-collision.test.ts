/**
 * CVE-2026-35030 (LiteLLM): the cache knew a token by its first twenty characters. GHSA-rp9m-7r4c-75qg (fast-jwt): by
 * whatever a user's function made of it. Here it is known by the whole token, and nobody may say otherwise.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../src/base/clock.ts';
import { sha256Hex } from '../../src/base/sha256.ts';
import { RevocationIndex } from '../../src/revocation/index.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../fixtures/a-protected-api.ts';
import { aRequest } from '../fixtures/a-request.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';

const acme = anIssuer('acme');
const api = aProtectedApi([acme]);
const bearing = (token: string) => aRequest({ authorization: [`Bearer ${token}`] });

function swapped(token: string, at: number): string {
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}

test('a remembered token vouches for no other that begins, or ends, like it', async () => {
  const access = aRealAccess();
  const token = acme.sign({ ...currentClaims(), filling: 'x'.repeat(300) });
  assert.ok((await access.decide(api, bearing(token), systemClock())).granted);
  for (const at of [0, 20, 64, 256, token.lastIndexOf('.') + 1, token.length - 40, token.length - 2]) {
    const decision = await access.decide(api, bearing(swapped(token, at)), systemClock());
    assert.equal(decision.granted, false, `differs at ${at}`);
  }
  for (const other of [token.slice(0, -1), `${token}A`, token.toUpperCase(), `${token}=`]) {
    assert.equal((await access.decide(api, bearing(other), systemClock())).granted, false);
  }
  assert.ok((await access.decide(api, bearing(token), systemClock())).granted);
});

test('of two good tokens with the same first 256 characters each speaks for its own subject', async () => {
  const access = aRealAccess();
  const filling = 'x'.repeat(300);
  const tokens = { mira: '', ada: '' };
  for (const sub of ['mira', 'ada'] as const) tokens[sub] = acme.sign({ filling, ...currentClaims(), sub });
  assert.equal(tokens.mira.slice(0, 256), tokens.ada.slice(0, 256));
  for (const sub of ['mira', 'ada', 'mira', 'ada'] as const) {
    const decision = await access.decide(api, bearing(tokens[sub]), systemClock());
    assert.equal(decision.principal?.subject, sub);
  }
});

test('of two good tokens that differ in the signature alone, a revocation by hash kills one', async () => {
  const index = new RevocationIndex();
  const access = aRealAccess(index);
  const claims = currentClaims();
  const [first, second] = [acme.sign(claims), acme.sign(claims)];
  assert.notEqual(first, second);
  for (const token of [first, second]) assert.ok((await access.decide(api, bearing(token), systemClock())).granted);
  const entry = { issuer: acme.identifier, kind: 'token', value: sha256Hex(first), actor: 'test' } as const;
  index.apply([{ ...entry, seq: 1, at: systemClock(), expiresAt: systemClock() + 1e6 }]);
  assert.equal((await access.decide(api, bearing(first), systemClock())).granted, false);
  assert.ok((await access.decide(api, bearing(second), systemClock())).granted);
});

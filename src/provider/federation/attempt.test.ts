import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Attempt, attemptSecrets, newAttempt, seal, unseal } from './attempt.ts';

const facts = { interaction: 'u', name: 'acme', issuer: 'https://acme.example', at: 1, anew: false, maxAge: 0 };
const attempt = (): Attempt => newAttempt(facts, 'the secret of a browser');

test('an attempt comes out of the state as it went in, for whoever has the secret', async () => {
  const sealed = attempt();
  const state = await seal(sealed, 'ours');
  assert.deepEqual(await unseal(state, 'ours'), sealed);
  assert.equal(await unseal(state, 'another'), undefined);
  assert.ok(state.length < 600);
});

test('a state says nothing to others, and no two are the same', async () => {
  const sealed = attempt();
  const [one, two] = [await seal(sealed, 'ours'), await seal(sealed, 'ours')];
  assert.notEqual(one, two);
  const readable = one.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  for (const value of [sealed.id, sealed.interaction, sealed.issuer, sealed.browser]) {
    if (value.length > 3) assert.ok(!readable.join().includes(value));
  }
});

test('any change of a state makes it none', async () => {
  const state = await seal(attempt(), 'ours');
  const parts = state.split('.');
  for (const index of [0, 2, 3, 4]) {
    const part = parts[index] ?? '';
    const changed = `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}`;
    assert.equal(await unseal(parts.with(index, changed).join('.'), 'ours'), undefined, String(index));
  }
  for (const nothing of ['', '....', 'x', parts.slice(0, 4).join('.')])
    assert.equal(await unseal(nothing, 'ours'), undefined);
});

test('verifier and nonce follow from the attempt, the browser and our secret, and differ with each', () => {
  const one = attempt();
  const secrets = [
    attemptSecrets(one, 'browser', 'ours'),
    attemptSecrets(attempt(), 'browser', 'ours'),
    attemptSecrets(one, 'another browser', 'ours'),
    attemptSecrets(one, 'browser', 'another'),
  ];
  assert.deepEqual(attemptSecrets(one, 'browser', 'ours'), secrets[0]);
  const values = secrets.flatMap(({ codeVerifier, nonce }) => [codeVerifier, nonce]);
  assert.equal(new Set(values).size, 8);
  for (const value of values) assert.match(value, /^[\w-]{43}$/);
});

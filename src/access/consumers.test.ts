import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createConsumers } from './consumers.ts';

const acme = { issuer: 'acme', client: 'web' };
const ours = { issuer: 'provider', client: 'portal' };

test('a consumer is found by each of its clients at each of its issuers', () => {
  const consumers = createConsumers([{ name: 'acme-web', clients: [acme, ours] }]);
  assert.equal(consumers.of('acme', 'web')?.name, 'acme-web');
  assert.equal(consumers.of('provider', 'portal'), consumers.of('acme', 'web'));
});

test('nobody is found by a client id alone, nor where the token names no client', () => {
  const consumers = createConsumers([{ name: 'acme-web', clients: [acme, ours] }]);
  for (const [issuer, client] of [
    ['acme', 'portal'],
    ['provider', 'web'],
    ['other', 'web'],
    ['acme', undefined],
    ['__proto__', 'constructor'],
  ] as const) {
    assert.equal(consumers.of(issuer, client), undefined);
  }
});

test('who is not said to be blocked is not, and a burst is as many as the requests', () => {
  const rate = { requests: 3, per: 1000 };
  const [plain, limited] = [createConsumers([{ name: 'a', clients: [acme] }]), [{ name: 'b', clients: [acme], rate }]];
  assert.deepEqual(plain.of('acme', 'web'), { name: 'a', blocked: false, rate: undefined });
  assert.deepEqual(createConsumers(limited).of('acme', 'web')?.rate, { ...rate, burst: 3 });
});

test('a client that would be two consumers is no directory', () => {
  const twice = ['a', 'b'].map((name) => ({ name, clients: [acme] }));
  assert.throws(() => createConsumers(twice), /belongs to two consumers/);
  assert.ok(createConsumers([{ name: 'a', clients: [acme, acme] }]));
});

test('law: names of issuers and clients are never run together', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (issuer, client, otherIssuer, otherClient) => {
      const consumers = createConsumers([{ name: 'a', clients: [{ issuer, client }] }]);
      const isSame = issuer === otherIssuer && client === otherClient;
      assert.equal(consumers.of(otherIssuer, otherClient)?.name, isSame ? 'a' : undefined);
    }),
  );
});

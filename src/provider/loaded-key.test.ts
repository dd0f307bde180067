import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { loadKey, newSigningKey, signJwt } from './loaded-key.ts';
import type { SigningAlgorithm } from './signing-algorithms.ts';

for (const algorithm of ['ES256', 'EdDSA', 'RS256'] as const satisfies readonly SigningAlgorithm[]) {
  test(`what a key of ${algorithm} signs, its public half verifies, and nothing private is in that`, async () => {
    const key = loadKey(await newSigningKey(algorithm, 0));
    const token = signJwt(key, { sub: 'ada', n: 1 }, 'at+jwt');
    const { protectedHeader, payload } = await compactVerify(token, await importJWK(key.publicKey, algorithm));
    assert.deepEqual(protectedHeader, { alg: algorithm, typ: 'at+jwt', kid: key.id });
    assert.deepEqual(JSON.parse(Buffer.from(payload).toString()), { sub: 'ada', n: 1 });
    for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi']) assert.ok(!(member in key.publicKey), member);
    assert.equal(key.id, await calculateJwkThumbprint(key.publicKey));
  });
}

test('a stored key of an unknown algorithm is refused, not skipped', async () => {
  const key = await newSigningKey('ES256', 0);
  assert.throws(() => loadKey({ ...key, algorithm: 'HS256' }), /unknown HS256/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256Hex } from '../../src/base/sha256.ts';
import { tokenHashes } from '../../src/tokens/index.ts';
import { aJwt, aSigningKey, encode, keySetOf, verify } from '../fixtures/a-jwt.ts';

/** Of an ECDSA signature (R, S) anybody makes (R, n - S): a token that was revoked by its hash comes back under another. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

test('whoever revokes a token by its hashes also revokes its twin', () => {
  const key = aSigningKey('ES256');
  const token = aJwt(key, { jti: undefined });
  const [header, payload, signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  const s = order - BigInt(`0x${bytes.toString('hex', 32)}`);
  const turned = Buffer.concat([bytes.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex')]);
  const twin = `${header}.${payload}.${encode(turned)}`;
  const verdict = verify(twin, keySetOf(key));
  assert.ok(verdict.ok && verdict.value.hash === sha256Hex(twin));
  assert.ok(tokenHashes(token).includes(verdict.value.hash));
});

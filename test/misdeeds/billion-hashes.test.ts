import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decryptJwe, recognise, verifyJws } from '../../src/tokens/index.ts';
import { anEncryptionKey } from '../fixtures/a-jwe.ts';
import { aSigningKey, encode, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';

/**
 * A JWE asked for thousands of millions of hashes before it could be refused: CVE-2022-36083, CVE-2023-25653,
 * CVE-2023-50966, CVE-2023-50967, CVE-2023-6681, GHSA-2c7c-3mj9-8fqh.
 */
const key = aSigningKey('ES256');
const keys = [anEncryptionKey('RSA').key, anEncryptionKey().key];

test('no hash is computed for an encrypted token, whether or not there are keys for such tokens', async () => {
  for (const alg of ['PBES2-HS256+A128KW', 'PBES2-HS384+A192KW', 'PBES2-HS512+A256KW']) {
    for (const p2c of [2 ** 31 - 1, 2 ** 53, -1, '2147483647', 1e308]) {
      const header = encode(JSON.stringify({ alg, enc: 'A256GCM', p2c, p2s: 'AAAA', kid: key.kid }));
      const token = `${header}.AAAA.AAAA.AAAA.AAAA`;
      assert.equal(recognise(token), 'jwe');
      const start = performance.now();
      assert.equal(outcome(verify(token, keySetOf(key))), 'token_encrypted');
      assert.equal(outcome(verifyJws(token, key.jwk)), 'token_encrypted');
      assert.equal(outcome(await decryptJwe(token, keys, 16 * 1024)), 'encryption_not_allowed');
      assert.ok(performance.now() - start < 100);
    }
  }
});

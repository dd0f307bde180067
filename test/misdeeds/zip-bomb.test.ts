import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { decryptJwe } from '../../src/tokens/index.ts';
import { aJwe, anEncryptionKey } from '../fixtures/a-jwe.ts';
import { aSigningKey, encode, keySetOf, ordinaryClaims, outcome, signParts, verify } from '../fixtures/a-jwt.ts';

/** A few bytes inflated to gigabytes: CVE-2024-28176, CVE-2024-28180. */
const key = aSigningKey('ES256');
const bomb = encode(deflateRawSync(Buffer.alloc(8 * 1024 * 1024, ' ')));

test('a compressed JWE is refused without inflating it', () => {
  const header = encode('{"alg":"dir","enc":"A256GCM","zip":"DEF"}');
  assert.equal(outcome(verify(`${header}..AAAA.${bomb}.AAAA`, keySetOf(key))), 'token_encrypted');
});

test('a compressed JWE is refused without decrypting it, although its key is at hand', async () => {
  const { publicKey, key: ours } = anEncryptionKey();
  const jwe = await aJwe({ publicKey }, Buffer.from(bomb, 'base64url').toString('latin1'));
  for (const zip of ['DEF', 'GZ', '', null, false]) {
    const [first = '', ...rest] = jwe.split('.');
    const said = { ...JSON.parse(Buffer.from(first, 'base64url').toString()), zip };
    const token = [encode(JSON.stringify(said)), ...rest].join('.');
    assert.equal(outcome(await decryptJwe(token, [ours], 64 * 1024)), 'encryption_not_allowed');
  }
});

test('a JWS that claims to be compressed is refused, whatever its payload', () => {
  const header = encode(`{"alg":"ES256","typ":"at+jwt","kid":"${key.kid}","zip":"DEF"}`);
  for (const payload of [bomb, encode(JSON.stringify(ordinaryClaims))]) {
    assert.equal(outcome(verify(signParts(header, payload, key), keySetOf(key))), 'header_invalid');
  }
});

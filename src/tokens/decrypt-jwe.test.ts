import assert from 'node:assert/strict';
import { constants, createCipheriv, createHmac, publicEncrypt, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { aJwe, anEncryptionKey, aSham } from '../../test/fixtures/a-jwe.ts';
import { aJwt, aSigningKey, encode, outcome } from '../../test/fixtures/a-jwt.ts';
import { decryptJwe } from './decrypt-jwe.ts';

const maxLength = 16 * 1024;
const rsa = anEncryptionKey('RSA');
const ec = anEncryptionKey();
const keys = [rsa.key, ec.key];
const jws = aJwt(aSigningKey('ES256'));

const open = (token: string, by = keys): ReturnType<typeof decryptJwe> => decryptJwe(token, by, maxLength);

for (const enc of ['A256GCM', 'A128CBC-HS256']) {
  for (const alg of ['RSA-OAEP-256', 'ECDH-ES', 'ECDH-ES+A256KW']) {
    test(`what was encrypted by ${alg} and ${enc} comes out as it went in`, async () => {
      const pair = alg.startsWith('RSA') ? rsa : ec;
      const opened = await open(await aJwe(pair, jws, { alg, enc }));
      assert.ok(opened.ok, outcome(opened));
      assert.equal(opened.value.jws, jws);
      assert.equal(opened.value.key, pair.key);
    });
  }
}

for (const curve of ['P-384', 'P-521'] as const) {
  test(`keys on ${curve} agree too`, async () => {
    const pair = anEncryptionKey(curve);
    assert.equal(outcome(await open(await aJwe(pair, jws), [pair.key])), 'accepted');
  });
}

/** RFC 7516 section 5.1 and RFC 7518 sections 4.3, 5.2.2.1 and 5.3, by hand: another's work than the library's. */
function byHand(enc: 'A256GCM' | 'A128CBC-HS256'): string {
  const cek = randomBytes(32);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const encryptedKey = publicEncrypt({ key: rsa.publicKey, padding, oaepHash: 'sha256' }, cek);
  const header = encode(JSON.stringify({ alg: 'RSA-OAEP-256', enc }));
  const { iv, ciphertext, tag } = enc === 'A256GCM' ? byGcm(cek, header) : byCbc(cek, header);
  return [header, ...[encryptedKey, iv, ciphertext, tag].map((part) => encode(part))].join('.');
}

type Sealed = Readonly<Record<'iv' | 'ciphertext' | 'tag', Buffer>>;

function byGcm(cek: Buffer, header: string): Sealed {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', cek, iv).setAAD(Buffer.from(header));
  const ciphertext = Buffer.concat([cipher.update(jws), cipher.final()]);
  return { iv, ciphertext, tag: cipher.getAuthTag() };
}

function byCbc(cek: Buffer, header: string): Sealed {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-128-cbc', cek.subarray(16), iv);
  const ciphertext = Buffer.concat([cipher.update(jws), cipher.final()]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(header.length * 8));
  const mac = createHmac('sha256', cek.subarray(0, 16)).update(header).update(iv).update(ciphertext).update(length);
  return { iv, ciphertext, tag: mac.digest().subarray(0, 16) };
}

for (const enc of ['A256GCM', 'A128CBC-HS256'] as const) {
  test(`what was encrypted by hand with ${enc} comes out as it went in`, async () => {
    const opened = await open(byHand(enc));
    assert.equal(opened.ok && opened.value.jws, jws);
  });
}

const refused: Readonly<Record<string, readonly [string, () => string | Promise<string>]>> = {
  RSA1_5: ['encryption_not_allowed', () => aSham({ alg: 'RSA1_5', enc: 'A256GCM' })],
  'RSA-OAEP with SHA-1': ['encryption_not_allowed', () => aJwe(rsa, jws, { alg: 'RSA-OAEP' })],
  'a wrap that needs a shared secret': ['encryption_not_allowed', () => aSham({ alg: 'A256KW', enc: 'A256GCM' }, 40)],
  'an algorithm of no name': ['encryption_not_allowed', () => aSham({ alg: '', enc: 'A256GCM' })],
  'another content encryption': ['encryption_not_allowed', () => aJwe(ec, jws, { enc: 'A128GCM' })],
  'an algorithm in lower case': ['encryption_not_allowed', () => aSham({ alg: 'rsa-oaep-256', enc: 'A256GCM' })],
  'an algorithm of every object': ['encryption_not_allowed', () => aSham({ alg: 'constructor', enc: '__proto__' })],
  'a critical parameter': [
    'critical_header_unknown',
    () => aSham({ alg: 'ECDH-ES', enc: 'A256GCM', crit: ['exp'] }, 0),
  ],
  'a kid that is a number': ['header_invalid', () => aSham({ alg: 'ECDH-ES', enc: 'A256GCM', kid: 1 }, 0)],
  'an algorithm that is a list': ['header_invalid', () => aSham({ alg: ['ECDH-ES'], enc: 'A256GCM' }, 0)],
  'a key of somebody else': ['decryption_failed', () => aJwe(anEncryptionKey(), jws)],
  'a curve of nobody': ['decryption_failed', () => aJwe(anEncryptionKey('P-521'), jws)],
  'an ephemeral key that is none': [
    'decryption_failed',
    () => aSham({ alg: 'ECDH-ES', enc: 'A256GCM', epk: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' } }, 0),
  ],
  padding: ['encoding_invalid', async () => `${await aJwe(ec, jws)}==`],
  'a line feed within': ['encoding_invalid', async () => (await aJwe(ec, jws)).replace('.', '.\n')],
  'a header that is no object': ['json_invalid', () => `${encode('["alg","enc"]')}.AAAA.AAAA.AAAA.AAAA`],
  'a header with a member twice': [
    'json_invalid',
    () => `${encode('{"alg":"dir","alg":"ECDH-ES","enc":"A256GCM"}')}..AAAA.AAAA.AAAA`,
  ],
  'a sixth part': ['token_parts_wrong', async () => `${await aJwe(ec, jws)}.AAAA`],
  'more than the bound': ['token_too_long', () => aJwe(ec, 'x'.repeat(maxLength))],
  'claims that nobody signed': ['encrypted_content_unsigned', () => aJwe(ec, '{"sub":"mira"}')],
  'an encrypted token in an encrypted token': ['encrypted_content_unsigned', async () => aJwe(ec, await aJwe(ec, jws))],
  'an opaque token': ['encrypted_content_unsigned', () => aJwe(ec, 'ya29.something')],
  nothing: ['encrypted_content_unsigned', () => aJwe(ec, '')],
};

for (const [what, [code, make]] of Object.entries(refused)) {
  test(`${what} is refused as ${code}`, async () => {
    assert.equal(outcome(await open(await make())), code);
  });
}

test('a signed token is not for decryption', async () => {
  assert.equal(outcome(await open(jws)), 'token_parts_wrong');
});

test('the key that opened it is said, and whether it would be tried among others', async () => {
  const opened = await open(await aJwe(ec, jws));
  assert.ok(opened.ok);
  const others = Array.from({ length: 4 }, () => anEncryptionKey().key);
  assert.ok(opened.value.isTriedAmong([rsa.key, ec.key]));
  assert.ok(!opened.value.isTriedAmong([rsa.key]));
  assert.ok(!opened.value.isTriedAmong([...others, ec.key]));
  assert.ok(opened.value.isTriedAmong([...others.slice(1), ec.key]));
});

test('law: whatever character of it is changed, it is not opened', async () => {
  const token = await aJwe(ec, jws, { alg: 'ECDH-ES+A256KW' });
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'Aa0-_.=+ \n'), async (at, character) => {
      fc.pre(token[at] !== character);
      const verdict = await open(token.slice(0, at) + character + token.slice(at + 1));
      assert.ok(!verdict.ok);
    }),
    { numRuns: 200 },
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwe, anEncryptionKey, aSham } from '../../test/fixtures/a-jwe.ts';
import { chooseDecryptionKeys } from './choose-decryption-keys.ts';
import { decodeJwe } from './decode-jwe.ts';
import { importDecryptionKey } from './decryption-key.ts';

const rsa = anEncryptionKey('RSA');
const [p256, other256, p384] = [anEncryptionKey(), anEncryptionKey(), anEncryptionKey('P-384')];
const all = [rsa, p256, other256, p384].map(({ key }) => key);

function chosen(token: string, keys = all): unknown {
  const decoded = decodeJwe(token, 16 * 1024);
  assert.ok(decoded.ok);
  return chooseDecryptionKeys(decoded.value, keys).map((key) => all.indexOf(key));
}

test('a token without kid is tried with every key that fits its algorithm and curve', async () => {
  assert.deepEqual(chosen(await aJwe(rsa, 'x')), [0]);
  assert.deepEqual(chosen(await aJwe(p256, 'x')), [1, 2]);
  assert.deepEqual(chosen(await aJwe(p384, 'x', { alg: 'ECDH-ES+A256KW' })), [3]);
});

test('a kid leaves those of that name and those without a name', async () => {
  const named = ['a', 'b', undefined].map((kid) => importDecryptionKey(anEncryptionKey().pem, kid));
  const decoded = decodeJwe(await aJwe(p256, 'x', { kid: 'b' }), 16 * 1024);
  assert.ok(decoded.ok);
  assert.deepEqual(
    chooseDecryptionKeys(decoded.value, named).map(({ id }) => id),
    ['b', undefined],
  );
});

test('no more than four keys are tried, and none twice under two names', async () => {
  const many = Array.from({ length: 6 }, () => anEncryptionKey());
  const keys = many.flatMap(({ pem }) => [importDecryptionKey(pem), importDecryptionKey(pem)]);
  const decoded = decodeJwe(await aJwe(p256, 'x'), 16 * 1024);
  assert.ok(decoded.ok);
  assert.deepEqual(chooseDecryptionKeys(decoded.value, keys), [keys[0], keys[2], keys[4], keys[6]]);
});

test('where a part is not as long as the algorithm makes it, no key is tried', () => {
  const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM' };
  assert.deepEqual(chosen(aSham(header)), [0]);
  for (const length of [0, 40, 255, 257, 4096]) assert.deepEqual(chosen(aSham(header, length)), []);
  assert.deepEqual(chosen(aSham({ ...header, enc: 'A128CBC-HS256' })), []);
  const [, ...rest] = aSham(header).split('.');
  const short = [aSham(header).split('.')[0], ...rest.slice(0, 3), 'AAAA'].join('.');
  assert.deepEqual(chosen(short), []);
  const direct = { alg: 'ECDH-ES', enc: 'A256GCM', epk: { crv: 'P-256' } };
  assert.deepEqual(chosen(aSham(direct, 0)), [1, 2]);
  assert.deepEqual(chosen(aSham(direct, 40)), []);
  assert.deepEqual(chosen(aSham({ ...direct, alg: 'ECDH-ES+A256KW' }, 40)), [1, 2]);
});

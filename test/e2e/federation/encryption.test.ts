import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { aJwe, anEncryptionKey } from '../../fixtures/a-jwe.ts';
import { type Stage, setStage } from './stage.ts';

const ours = anEncryptionKey('P-256', 'enc-1');
const rsa = anEncryptionKey('RSA');
const others = anEncryptionKey('P-256');
let stage: Stage;

before(async () => {
  const keys = [`{ key: ${JSON.stringify(ours.pem)}, kid: enc-1 }`, `{ key: ${JSON.stringify(rsa.pem)} }`];
  stage = await setStage({ decryption: `[${keys.join(', ')}]` });
});
after(() => stage?.close());

test('an encrypted token is let in, by either kind of key and either way to encrypt', async () => {
  for (const enc of ['A256GCM', 'A128CBC-HS256']) {
    for (const [key, header] of [
      [ours, { kid: 'enc-1' }],
      [ours, { alg: 'ECDH-ES+A256KW' }],
      [rsa, {}],
    ] as const) {
      const token = await aJwe(key, stage.jwt(), { enc, ...header });
      const { status, told } = await stage.call('/orders', token);
      assert.deepEqual([status, told['gatehouse-subject']], [200, 'mira']);
    }
  }
});

test('what is encrypted for somebody else, or by nobody, is refused', async () => {
  const { status } = await stage.call('/orders', await aJwe(others, stage.jwt()));
  assert.equal(status, 401);
  assert.equal((await stage.call('/orders', await aJwe(ours, 'no token'))).status, 401);
});

test('encryption is no authentication: what is inside is held to all that a JWT is held to', async () => {
  const expired = stage.jwt({ exp: 1_500_000_000, iat: 1_499_000_000 });
  assert.equal((await stage.call('/orders', await aJwe(ours, expired))).code, 'token_expired');
  const elsewhere = stage.jwt({ aud: 'https://elsewhere.example' });
  assert.equal((await stage.call('/orders', await aJwe(ours, elsewhere))).code, 'audience_mismatch');
  const changed = stage.jwt().replace(/.{4}$/, 'AAAA');
  assert.equal((await stage.call('/orders', await aJwe(ours, changed))).code, 'signature_invalid');
});

test('an issuer without a key of ours cannot send encrypted tokens', async () => {
  const { code } = await stage.call('/watched', await aJwe(ours, stage.jwt({ iss: 'https://watched.example' })));
  assert.equal(code, 'token_encrypted');
});

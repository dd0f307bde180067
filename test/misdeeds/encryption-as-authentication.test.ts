/**
 * The public key of a gateway is public: a token that only proves that its maker knows it proves nothing. pac4j-jwt
 * took whatever was in an encrypted token for authenticated, claims without signature too (CVE-2026-29000).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwe, anEncryptionKey, aSham } from '../fixtures/a-jwe.ts';
import { encode } from '../fixtures/a-jwt.ts';
import { aProtectedApi, aRealAccess, currentClaims, ordersAudience } from '../fixtures/a-protected-api.ts';
import { aRequest } from '../fixtures/a-request.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';

const [acmeEncryption, otherEncryption] = [anEncryptionKey('RSA', 'enc-acme'), anEncryptionKey('P-256', 'enc-other')];
const acme = { ...anIssuer('acme'), decryptionKeys: [acmeEncryption.key] };
const other = { ...anIssuer('other'), decryptionKeys: [otherEncryption.key] };
const plain = anIssuer('plain');
const claims = currentClaims();
const forged = JSON.stringify({ ...claims, iss: acme.identifier });

async function codeFor(token: string | Promise<string>): Promise<string> {
  const request = aRequest({ authorization: [`Bearer ${await token}`] });
  const decision = await aRealAccess().decide(aProtectedApi([acme, other, plain]), request, claims.exp * 1000 - 60_000);
  return decision.granted ? 'granted' : decision.rejection.code;
}

test('what an issuer signed and encrypted is let in', async () => {
  assert.equal(await codeFor(aJwe(acmeEncryption, acme.sign(claims))), 'granted');
  assert.equal(await codeFor(aJwe(otherEncryption, other.sign(claims))), 'granted');
});

test('claims that were encrypted and not signed are refused', async () => {
  assert.equal(await codeFor(aJwe(acmeEncryption, forged)), 'encrypted_content_unsigned');
  const unsecured = `${encode('{"alg":"none"}')}.${encode(forged)}.`;
  assert.equal(await codeFor(aJwe(acmeEncryption, unsecured)), 'algorithm_not_allowed');
  const misnamed = aJwe(acmeEncryption, forged, {
    typ: 'at+jwt',
    cty: 'json',
    iss: acme.identifier,
    aud: ordersAudience,
  });
  assert.equal(await codeFor(misnamed), 'encrypted_content_unsigned');
});

test('a token that somebody else signed is refused, whatever it was encrypted for', async () => {
  const stranger = anIssuer('stranger', acme.identifier);
  assert.equal(await codeFor(aJwe(acmeEncryption, stranger.sign(claims))), 'key_unknown');
});

test('an issuer that does not encrypt for a key is not behind it: its plain tokens cannot be dressed up', async () => {
  assert.equal(await codeFor(plain.sign(claims)), 'granted');
  for (const token of [plain.sign(claims), other.sign(claims)]) {
    assert.equal(await codeFor(aJwe(acmeEncryption, token)), 'issuer_not_accepted');
  }
});

test('the public key is no secret by which a token is encrypted directly', async () => {
  const secret = acmeEncryption.publicKey.export({ type: 'spki', format: 'der' }).subarray(0, 32).toString('base64url');
  for (const alg of ['dir', 'A256KW', 'A256GCMKW']) {
    assert.equal(
      await codeFor(aSham({ alg, enc: 'A256GCM', kid: 'enc-acme', k: secret }, 0)),
      'encryption_not_allowed',
    );
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aJwe, anEncryptionKey } from '../../test/fixtures/a-jwe.ts';
import { aProtectedApi, aRealAccess, currentClaims, ordersAudience } from '../../test/fixtures/a-protected-api.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import { anAskedIssuer } from '../../test/fixtures/an-asked-issuer.ts';
import { anIssuer } from '../../test/fixtures/an-issuer.ts';
import { sha256Hex } from '../base/sha256.ts';
import { type Revocation, RevocationIndex } from '../revocation/index.ts';
import type { ProtectedApi } from './protected-api.ts';

const claims = currentClaims();
const now = claims.exp * 1000 - 300_000;
const bearing = (token: string) => aRequest({ authorization: [`Bearer ${token}`] });
const encryption = anEncryptionKey('RSA', 'enc-1');
const acme = { ...anIssuer('acme'), decryptionKeys: [encryption.key] };
const orders = aProtectedApi([acme]);
const seal = (jws: string): Promise<string> => aJwe(encryption, jws, { kid: 'enc-1' });

async function codeFor(token: string, api: ProtectedApi = orders, access = aRealAccess()): Promise<string> {
  const decision = await access.decide(api, bearing(token), now);
  return decision.granted ? 'granted' : decision.rejection.code;
}

test('an encrypted token is the principal of what is in it, known by both hashes', async () => {
  const jws = acme.sign(claims);
  const token = await seal(jws);
  const decision = await aRealAccess().decide(orders, bearing(token), now);
  assert.equal(decision.granted && decision.principal.subject, 'mira');
  assert.equal(decision.principal?.tokenHash, sha256Hex(token));
  assert.equal(decision.principal?.nestedTokenHash, sha256Hex(jws));
});

test('the second time it is not decrypted: the very same answer, without a promise', async () => {
  const access = aRealAccess();
  const token = await seal(acme.sign(claims));
  const first = await access.decide(orders, bearing(token), now);
  assert.equal(access.decide(orders, bearing(token), now), first);
});

test('it dies by the revocation of what was presented, and of what is in it', async () => {
  const jws = acme.sign(claims);
  const token = await seal(jws);
  for (const value of [sha256Hex(token), sha256Hex(jws)]) {
    const index = new RevocationIndex();
    const access = aRealAccess(index);
    assert.equal(await codeFor(token, orders, access), 'granted');
    const entry = { seq: 1, at: now, issuer: acme.identifier, kind: 'token', value, expiresAt: now + 1e9, actor: 'a' };
    index.apply([entry as Revocation]);
    assert.equal(await codeFor(token, orders, access), 'token_revoked');
  }
});

test('an API of which no issuer encrypts refuses by name, also what another API lets in', async () => {
  const access = aRealAccess();
  const token = await seal(acme.sign(claims));
  assert.equal(await codeFor(token, orders, access), 'granted');
  assert.equal(await codeFor(token, aProtectedApi([{ ...acme, decryptionKeys: [] }]), access), 'token_encrypted');
  assert.equal(await codeFor(token, aProtectedApi([]), access), 'token_encrypted');
});

test('a remembered one is refused where its key would be tried too late', async () => {
  const access = aRealAccess();
  const token = await aJwe(encryption, acme.sign(claims));
  const many = Array.from({ length: 4 }, (_, i) => ({
    ...anIssuer(`other-${i}`),
    decryptionKeys: [anEncryptionKey('RSA').key],
  }));
  assert.equal(await codeFor(token, orders, access), 'granted');
  assert.equal(await codeFor(token, aProtectedApi([...many, acme]), access), 'decryption_failed');
  assert.equal(await codeFor(token, aProtectedApi([...many.slice(1), acme]), access), 'granted');
});

test('two issuers may have the same key, under different names', async () => {
  const other = { ...anIssuer('other'), decryptionKeys: [{ ...encryption.key, id: undefined }] };
  for (const api of [aProtectedApi([acme, other]), aProtectedApi([other, acme])]) {
    assert.equal(await codeFor(await seal(other.sign(claims)), api), 'granted');
    assert.equal(await codeFor(await seal(acme.sign(claims)), api), 'granted');
  }
});

test('what is in it is held to all that a token is held to', async () => {
  const cases = {
    token_expired: acme.sign({ ...claims, exp: now / 1000 - 60 }),
    audience_mismatch: acme.sign({ ...claims, aud: `${ordersAudience}/x` }),
    key_unknown: acme.sign(claims, { kid: 'nobody' }),
    scope_insufficient: acme.sign({ ...claims, scope: 'other' }),
  };
  for (const [code, jws] of Object.entries(cases)) assert.equal(await codeFor(await seal(jws)), code);
});

test('an issuer that is asked about its JWTs is shown what was in it', async () => {
  const asked = anAskedIssuer('acme');
  const issuer = { ...asked.issuer, decryptionKeys: [encryption.key] };
  const source = { ...asked, issuer };
  const api = aProtectedApi([issuer], { introspected: new Map([[issuer.identifier, source]]) });
  const jws = issuer.sign(claims);
  assert.equal(await codeFor(await seal(jws), api), 'token_inactive');
  asked.knows(jws, claims);
  assert.equal(await codeFor(await seal(jws), api), 'granted');
  assert.deepEqual(asked.seen, [jws, jws]);
});

test('explain tells of the decryption between the structure and what was in it', async () => {
  const told = await aRealAccess().explain(orders, bearing(await seal(acme.sign(claims))), now);
  assert.deepEqual(
    told.steps.map(({ check }) => check),
    [
      'credential',
      'structure',
      'decryption',
      'decoding',
      'key',
      'signature',
      'claims',
      'expiry',
      'revocation',
      'binding',
      'policy',
    ],
  );
  assert.ok(told.granted);
  const { facts } = told.steps[2] ?? assert.fail();
  assert.deepEqual(facts, {
    alg: 'RSA-OAEP-256',
    enc: 'A256GCM',
    kid: 'enc-1',
    key: { kid: 'enc-1', kty: 'RSA', crv: undefined },
  });
});

test('explain of a token that cannot be decrypted ends there, and has nothing of it', async () => {
  const token = await aJwe(anEncryptionKey('RSA'), acme.sign(claims), { kid: 'enc-1' });
  const told = await aRealAccess().explain(orders, bearing(token), now);
  assert.equal(told.rejection?.code, 'decryption_failed');
  assert.deepEqual(
    told.steps.filter(({ outcome }) => outcome !== 'not reached').map(({ check }) => check),
    ['credential', 'structure', 'decryption'],
  );
  assert.ok(!JSON.stringify(told).includes(token.split('.')[3] ?? '-'));
});

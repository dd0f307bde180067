import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256Hex } from '../base/sha256.ts';
import { ancestorsClaim, readAncestors, writeAncestor } from './ancestors.ts';

const issuer = 'https://acme.example';
const hash = sha256Hex('a token');
const facts = { issuer, hash, id: 'j', subject: 'mira', client: 'web', session: 's', keyId: 'k', issuedAt: 100 };

test('what was written into a token is read from it', () => {
  const claims = JSON.parse(
    JSON.stringify({ [ancestorsClaim]: [writeAncestor(facts), writeAncestor({ issuer, hash })] }),
  );
  const [whole, bare] = readAncestors(claims) ?? [];
  assert.deepEqual([whole?.issuer, whole?.issuedAt, whole?.digests.token], [issuer, 100, hash]);
  assert.equal(whole?.digests.subject, sha256Hex('mira'));
  assert.deepEqual(bare, { issuer, issuedAt: undefined, digests: { token: hash } });
});

test('whose token it was does not stand in it', () => {
  assert.doesNotMatch(JSON.stringify(writeAncestor(facts)), /mira|web/);
});

test('a token that was not exchanged has none', () => {
  assert.deepEqual(readAncestors({ sub: 'mira' }), []);
});

test('a claim that cannot be read is not passed over', () => {
  const entry = writeAncestor(facts);
  const bad = [{}, 'x', null, [null], ['x'], [[]], [{}], [{ ...entry, iss: 1 }], [{ ...entry, iat: '1' }]];
  for (const claim of [...bad, [{ ...entry, token: 'x' }], [{ ...entry, jti: null }], [entry, {}]]) {
    assert.equal(readAncestors({ [ancestorsClaim]: claim }), undefined, JSON.stringify(claim));
  }
});

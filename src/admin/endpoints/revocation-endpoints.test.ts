import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acmeIssuer, anAdmin, assertProblem, ownIssuer, type TestAdmin } from '../../../test/fixtures/an-admin.ts';
import { sha256Hex } from '../../base/sha256.ts';

async function verdictOn(admin: TestAdmin, token: string): Promise<string> {
  const { json } = await admin.call('POST', '/explain', { body: { api: 'orders', token } });
  return json.granted ? 'granted' : json.rejection.code;
}

test('a token of ours is revoked by its value, which is kept nowhere', async (t) => {
  const admin = await anAdmin(t);
  const token = await admin.issueOpaque();
  assert.equal(await verdictOn(admin, token), 'granted');
  const answer = await admin.call('POST', '/revocations', { body: { kind: 'token', token, reason: 'leaked' } });
  assert.equal(answer.status, 201);
  const [revoked] = answer.json.items;
  assert.deepEqual([revoked.issuer, revoked.value, revoked.reason], [ownIssuer, sha256Hex(token), 'leaked']);
  assert.equal(revoked.actor, 'client:operator');
  assert.equal(await verdictOn(admin, token), 'token_revoked');
  for (const path of ['/revocations', '/audit']) assert.ok(!(await admin.call('GET', path)).text.includes(token));
});

test('a foreign JWT is revoked by its value, its mirrored signature with it', async (t) => {
  const admin = await anAdmin(t);
  const token = admin.signForeign();
  const { status, json } = await admin.call('POST', '/revocations', { body: { kind: 'token', token } });
  assert.equal(status, 201);
  assert.equal(json.items.length, 2);
  assert.equal(json.items[0].issuer, acmeIssuer);
  assert.equal(await verdictOn(admin, token), 'token_revoked');
  assert.equal(await verdictOn(admin, admin.signForeign()), 'granted');
});

test('a token is revoked by its hash, where the issuer is named', async (t) => {
  const admin = await anAdmin(t);
  const token = admin.signForeign();
  const body = { kind: 'token', hash: sha256Hex(token) };
  const nameless = await admin.call('POST', '/revocations', { body });
  assertProblem(nameless, 400, 'input_invalid');
  assert.equal(nameless.json.errors[0].path, 'issuer');
  assert.equal((await admin.call('POST', '/revocations', { body: { ...body, issuer: 'acme' } })).status, 201);
  assert.equal(await verdictOn(admin, token), 'token_revoked');
});

test('all tokens of a subject, client, session, key or issuer die by a cut-off, and what comes later lives', async (t) => {
  const claims = { sub: 'mira', client_id: 'web', sid: 's1' };
  const past = Math.floor(Date.now() / 1000) - 100;
  const cases = [
    { kind: 'subject', value: 'mira' },
    { kind: 'subject', value: 'mira', client: 'web' },
    { kind: 'client', value: 'web' },
    { kind: 'session', value: 's1' },
    { kind: 'key', value: 'acme-1' },
    { kind: 'issuer' },
  ];
  for (const one of cases) {
    const admin = await anAdmin(t);
    const old = admin.signForeign({ ...claims, iat: past - 50 });
    const late = admin.signForeign({ ...claims, iat: past + 50 });
    const body = { ...one, issuer: acmeIssuer, before: past };
    const { status, json } = await admin.call('POST', '/revocations', { body });
    assert.equal(status, 201, JSON.stringify(json));
    assert.equal(await verdictOn(admin, old), 'token_revoked', one.kind);
    assert.equal(await verdictOn(admin, late), 'granted', one.kind);
    const now = { ...one, issuer: 'acme', before: new Date().toISOString() };
    assert.equal((await admin.call('POST', '/revocations', { body: now })).status, 201);
    assert.equal(await verdictOn(admin, late), 'token_revoked', one.kind);
  }
});

test('a token is revoked by its jti alone', async (t) => {
  const admin = await anAdmin(t);
  const body = { kind: 'jti', issuer: 'acme', value: 'x-1' };
  assert.equal((await admin.call('POST', '/revocations', { body })).status, 201);
  assert.equal(await verdictOn(admin, admin.signForeign({ jti: 'x-1' })), 'token_revoked');
  assert.equal(await verdictOn(admin, admin.signForeign({ jti: 'x-2' })), 'granted');
});

test('what cannot be revoked is refused with the reason, and the token is not repeated', async (t) => {
  const admin = await anAdmin(t);
  const ours = await admin.issueOpaque();
  const stranger = admin.signForeign({ iss: 'https://stranger.example' });
  const expired = admin.signForeign({ exp: 1_700_000_000 });
  const cases = [
    [{ kind: 'token', token: `${ours.slice(0, -1)}!` }, /damaged/],
    [{ kind: 'token', token: ours.replace('gho_', 'ghr_') }, /refresh token/],
    [{ kind: 'token', token: 'opaque-of-somebody' }, /name the issuer/],
    [{ kind: 'token', token: stranger }, /not configured here/],
    [{ kind: 'token', token: expired }, /has expired/],
    [{ kind: 'token', token: admin.signForeign(), issuer: 'provider' }, /not of provider/],
    [{ kind: 'token' }, /either the token or its hash/],
    [{ kind: 'token', token: ours, hash: sha256Hex(ours) }, /either the token or its hash/],
    [{ kind: 'subject', issuer: 'acme', value: 'mira', before: 1_790_000_000_000 }, /no sensible cut-off/],
    [{ kind: 'subject', issuer: 'acme', value: '\ud800' }, /no usable text/],
  ] as const;
  for (const [body, reason] of cases) {
    const answer = await admin.call('POST', '/revocations', { body });
    assertProblem(answer, 400, 'input_invalid');
    assert.match(answer.json.errors[0].reason, reason);
    if ('token' in body) assert.ok(!answer.text.includes(body.token));
  }
  assert.equal((await admin.call('GET', '/revocations')).json.items.length, 0);
});

test('revocations are listed newest first, filtered, page by page, and shown one by one', async (t) => {
  const admin = await anAdmin(t);
  for (const value of ['a', 'b', 'c']) {
    await admin.call('POST', '/revocations', { body: { kind: 'subject', issuer: 'acme', value } });
  }
  await admin.call('POST', '/revocations', { body: { kind: 'client', issuer: 'acme', value: 'web' } });
  const first = (await admin.call('GET', '/revocations?kind=subject&limit=2')).json;
  const second = (await admin.call('GET', `/revocations?kind=subject&limit=2&cursor=${first.next}`)).json;
  const values = [...first.items, ...second.items].map(({ value }: { value: string }) => value);
  assert.deepEqual([values, second.next], [['c', 'b', 'a'], null]);
  assert.equal((await admin.call('GET', '/revocations?value=web')).json.items.length, 1);
  const { seq } = first.items[0];
  assert.deepEqual((await admin.call('GET', `/revocations/${seq}`)).json, first.items[0]);
  assertProblem(await admin.call('GET', '/revocations/999'), 404, 'resource_unknown');
  assertProblem(await admin.call('GET', '/revocations/first'), 400, 'input_invalid');
});

test('every revocation is in the audit log with who, what and when', async (t) => {
  const admin = await anAdmin(t);
  const body = { kind: 'subject', issuer: 'acme', value: 'mira', reason: 'left' };
  const [revoked] = (await admin.call('POST', '/revocations', { body })).json.items;
  const [record] = (await admin.call('GET', '/audit?action=revocation.created')).json.items;
  assert.deepEqual([record.actor, record.target, record.at], ['client:operator', String(revoked.seq), revoked.at]);
  assert.deepEqual([record.details.issuer, record.details.value, record.details.reason], [acmeIssuer, 'mira', 'left']);
});

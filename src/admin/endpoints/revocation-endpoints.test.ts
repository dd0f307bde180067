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

test('a revoked token of ours is kept on the log until it expires, and what is not on record for as long as any', async (t) => {
  const admin = await anAdmin(t);
  const token = await admin.issueOpaque();
  const [{ expires_at: expiry }] = (await admin.call('GET', '/tokens?client=reporting')).json.items;
  const keptFor = async (body: object): Promise<number> => {
    const { items } = (await admin.call('POST', '/revocations', { body: { kind: 'token', ...body } })).json;
    return Date.parse(items[0].expires_at) - Date.parse(expiry);
  };
  const leewayAndTolerance = 360_000;
  assert.equal(await keptFor({ token }), leewayAndTolerance);
  assert.equal(await keptFor({ hash: sha256Hex(token), issuer: 'provider' }), leewayAndTolerance);
  assert.ok((await keptFor({ hash: sha256Hex('another'), issuer: 'provider' })) > leewayAndTolerance);
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

test('without a cut-off all dies that may have been let in, also by an issuer whose clock is ahead', async (t) => {
  const admin = await anAdmin(t);
  const iat = Math.floor(Date.now() / 1000) + 4;
  const early = admin.signForeign({ iat });
  const body = { kind: 'subject', issuer: 'acme', value: 'mira' };
  await admin.call('POST', '/revocations', { body: { ...body, before: iat - 1 } });
  assert.equal(await verdictOn(admin, early), 'granted');
  const [revoked] = (await admin.call('POST', '/revocations', { body })).json.items;
  assert.equal(await verdictOn(admin, early), 'token_revoked');
  assert.ok(Date.parse(revoked.before) > Date.parse(revoked.at));
});

test('the clock of our own provider is taken at its word', async (t) => {
  const admin = await anAdmin(t);
  const body = { kind: 'subject', issuer: 'provider', value: 'mira' };
  const [revoked] = (await admin.call('POST', '/revocations', { body })).json.items;
  assert.ok(Date.parse(revoked.before) <= Date.parse(revoked.at));
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
    [{ kind: 'subject', issuer: 'acme', value: 'mira', before: 1_790_000_000_000 }, /more than a day ahead/],
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
  for (const issuer of ['acme', acmeIssuer]) {
    assert.equal((await admin.call('GET', `/revocations?issuer=${issuer}`)).json.items.length, 4, issuer);
  }
  assert.deepEqual((await admin.call('GET', '/revocations?issuer=https://gone.example')).json.items, []);
  const misspelt = await admin.call('GET', '/revocations?issuer=acne');
  assertProblem(misspelt, 400, 'input_invalid');
  assert.match(misspelt.json.errors[0].reason, /not configured here; there are: provider, acme/);
  const { at } = second.items[0];
  assert.equal((await admin.call('GET', `/revocations?since=${at}`)).json.items.length, 4);
  const later = new Date(Date.parse(at) + 3_600_000).toISOString();
  assert.deepEqual((await admin.call('GET', `/revocations?since=${later}`)).json.items, []);
  assertProblem(await admin.call('GET', '/revocations?since=yesterday'), 400, 'input_invalid');
  const { seq } = first.items[0];
  assert.deepEqual((await admin.call('GET', `/revocations/${seq}`)).json, { ...first.items[0], gateways: [] });
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

const gateway = { startedAt: 1_790_000_000_000, applied: { seq: 0, mark: '' }, leaseMs: 60_000 };

test('who waits is told by a receipt on which gateways it is in force, and after how long', async (t) => {
  const admin = await anAdmin(t, {}, {}, 'here');
  const { status, json } = await admin.call('POST', '/revocations', {
    body: { kind: 'subject', issuer: 'acme', value: 'mira', wait: 5 },
  });
  assert.equal(status, 201);
  const { complete, waited_ms, gateways } = json.receipt;
  assert.equal(complete, true);
  const [{ name, state, after_ms, silent_ms }] = gateways;
  assert.deepEqual([gateways.length, name, state], [1, 'here', 'applied']);
  for (const time of [after_ms, waited_ms, silent_ms]) assert.ok(time >= 0 && time < 5000, String(time));
  assert.ok(after_ms <= waited_ms);
});

test('a gateway that does not follow is pending when the time is up; the revocation stands all the same', async (t) => {
  const admin = await anAdmin(t, {}, {}, 'here');
  await admin.store.gatewayRoster.report({ ...gateway, id: 'b', name: 'slow' });
  const token = admin.signForeign();
  const { status, json } = await admin.call('POST', '/revocations', { body: { kind: 'token', token, wait: 0.1 } });
  assert.equal(status, 201);
  assert.equal(json.receipt.complete, false);
  assert.deepEqual(
    json.receipt.gateways.map(({ name, state }: { name: string; state: string }) => [name, state]),
    [
      ['here', 'applied'],
      ['slow', 'pending'],
    ],
  );
  assert.equal(await verdictOn(admin, token), 'token_revoked');
});

test('nobody waits who does not ask for it, and nobody for longer than a minute', async (t) => {
  const admin = await anAdmin(t, {}, {}, 'here');
  const body = { kind: 'subject', issuer: 'acme', value: 'mira' };
  assert.equal('receipt' in (await admin.call('POST', '/revocations', { body })).json, false);
  for (const wait of [61, -1, '5s']) {
    const refused = await admin.call('POST', '/revocations', { body: { ...body, wait } });
    assertProblem(refused, 400, 'input_invalid');
    assert.equal(refused.json.errors[0].path, 'wait');
  }
});

test('a revocation is shown with the gateways on which it is in force', async (t) => {
  const admin = await anAdmin(t, {}, {}, 'here');
  await admin.store.gatewayRoster.report({ ...gateway, id: 'b', name: 'slow' });
  const { json } = await admin.call('POST', '/revocations', {
    body: { kind: 'subject', issuer: 'acme', value: 'mira', wait: 0 },
  });
  const [{ seq }] = json.items;
  const shown = await admin.call('GET', `/revocations/${seq}`);
  assert.deepEqual([shown.json.seq, shown.json.actor], [seq, 'client:operator']);
  const states = shown.json.gateways.map(({ name, state }: { name: string; state: string }) => [name, state]);
  assert.deepEqual(states.at(-1), ['slow', 'pending']);
});

test('the gateways are listed, with how far each has come', async (t) => {
  const admin = await anAdmin(t, {}, {}, 'here');
  await admin.store.gatewayRoster.report({ ...gateway, id: 'b', name: 'slow', leaseMs: 0.001 });
  await admin.call('POST', '/revocations', { body: { kind: 'subject', issuer: 'acme', value: 'mira', wait: 5 } });
  const { items, head_seq } = (await admin.call('GET', '/gateways')).json;
  assert.equal(head_seq, 1);
  assert.deepEqual(
    items.map(({ name, applied_seq, live }: Record<string, unknown>) => [name, applied_seq, live]),
    [
      ['here', 1, true],
      ['slow', 0, false],
    ],
  );
});

test('before all tokens of an issuer are revoked, it can be told how many those are', async (t) => {
  const admin = await anAdmin(t, {}, {}, 'here');
  const reach = async (body: object): Promise<unknown> =>
    (await admin.call('POST', '/revocations/reach', { body })).json;
  const tokens = [await admin.issueOpaque({ subject: 'mira' }), await admin.issueOpaque({ subject: 'noor' })];
  // Beside those two there is the one of the operator, which was let in.
  assert.deepEqual(await reach({ kind: 'issuer', issuer: 'provider' }), { issued: 3, seen: 1 });
  assert.deepEqual(await reach({ kind: 'subject', issuer: 'provider', value: 'mira' }), { issued: 1, seen: 0 });
  assert.deepEqual(await reach({ kind: 'client', issuer: 'provider', value: 'reporting' }), { issued: 2, seen: 0 });
  assert.deepEqual(await reach({ kind: 'issuer', issuer: 'provider', before: 1 }), { issued: 0, seen: 0 });
  assert.deepEqual(await reach({ kind: 'issuer', issuer: 'acme' }), { issued: null, seen: 0 });
  assert.deepEqual(await reach({ kind: 'key', issuer: 'provider', value: 'k' }), { issued: null, seen: 0 });
  for (const token of tokens) assert.equal(await verdictOn(admin, token), 'granted');
  assert.deepEqual((await admin.call('GET', '/revocations')).json.items, []);
});

test('a cut-off far ahead is refused with the reason, and nothing is revoked', async (t) => {
  const admin = await anAdmin(t, {}, {}, 'here');
  const now = Date.now();
  const fars = ['2999-01-01T00:00:00Z', new Date(now + 25 * 3_600_000).toISOString(), now / 1000 + 90_000, now, 1e300];
  for (const before of fars) {
    for (const kind of [{ kind: 'issuer' }, { kind: 'subject', value: 'mira' }]) {
      const refused = await admin.call('POST', '/revocations', { body: { ...kind, issuer: 'acme', before } });
      assertProblem(refused, 400, 'input_invalid');
      assert.match(JSON.stringify(refused.json.errors), /"before".*more than a day ahead/);
    }
  }
  assert.deepEqual((await admin.call('GET', '/revocations')).json.items, []);
  const soon = { kind: 'issuer', issuer: 'acme', before: now / 1000 + 3600 };
  assert.equal((await admin.call('POST', '/revocations', { body: soon })).status, 201);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anAdmin, assertProblem } from '../../../test/fixtures/an-admin.ts';

interface Step {
  readonly check: string;
  readonly outcome: string;
}

test('every check of a good token is told in order, for either kind', async (t) => {
  const admin = await anAdmin(t);
  const kinds = { jwt: admin.signForeign(), opaque: await admin.issueOpaque() };
  const expected = {
    jwt: [
      'credential',
      'structure',
      'decoding',
      'key',
      'signature',
      'claims',
      'expiry',
      'revocation',
      'binding',
      'policy',
    ],
    opaque: ['credential', 'structure', 'expiry', 'introspection', 'revocation', 'binding', 'policy'],
  };
  for (const kind of ['jwt', 'opaque'] as const) {
    const { status, json } = await admin.call('POST', '/explain', { body: { api: 'orders', token: kinds[kind] } });
    assert.equal(status, 200);
    assert.equal(json.granted, true);
    assert.deepEqual(new Set(json.steps.map(({ check }: Step) => check)), new Set(expected[kind]));
    assert.ok(json.steps.every(({ outcome }: Step) => outcome === 'passed'));
    assert.deepEqual([json.principal.kind, json.principal.scopes], [kind, ['orders:read']]);
  }
});

test('a refused token fails at one check, with the code, the facts and the remedy', async (t) => {
  const admin = await anAdmin(t);
  const expired = admin.signForeign({ iat: 1_700_000_000, exp: 1_700_000_600 });
  const { json } = await admin.call('POST', '/explain', { body: { api: 'orders', token: expired } });
  assert.equal(json.granted, false);
  assert.equal(json.rejection.code, 'token_expired');
  assert.equal(json.rejection.status, 401);
  assert.ok(json.rejection.remedy.length > 0);
  assert.deepEqual(
    json.steps.filter(({ outcome }: Step) => outcome === 'failed').map(({ check }: Step) => check),
    ['expiry'],
  );
  assert.equal(json.steps.at(-1).outcome, 'not reached');
});

test('the method that is asked for decides which rule applies', async (t) => {
  const admin = await anAdmin(t);
  const body = { api: 'orders', token: await admin.issueOpaque(), method: 'DELETE', path: '/orders/7' };
  assert.equal((await admin.call('POST', '/explain', { body })).json.rejection.code, 'rule_missing');
});

test('no answer holds the token or its signature, whatever is wrong with it', async (t) => {
  const admin = await anAdmin(t);
  const jwt = admin.signForeign();
  const opaque = await admin.issueOpaque();
  const damaged = [jwt, `${jwt}x`, jwt.slice(0, -9), `${opaque}x`, `${jwt} `, `x${jwt}`, opaque, `Bearer ${jwt}`];
  for (const token of damaged) {
    const { status, text } = await admin.call('POST', '/explain', { body: { api: 'orders', token } });
    assert.equal(status, 200);
    assert.ok(!text.includes(jwt.slice(-60, -10)) && !text.includes(opaque.slice(8)), text);
  }
});

test('an unknown API is a 404', async (t) => {
  const admin = await anAdmin(t);
  assertProblem(await admin.call('POST', '/explain', { body: { api: 'none', token: 'x' } }), 404, 'resource_unknown');
});

test('what is no method or no path is refused', async (t) => {
  const admin = await anAdmin(t);
  for (const odd of [{ method: 'GET /' }, { path: 'orders' }, { headers: { a: 1 } }, { token: '' }]) {
    const body = { api: 'orders', token: 'x', ...odd };
    assertProblem(await admin.call('POST', '/explain', { body }), 400, 'input_invalid');
  }
});

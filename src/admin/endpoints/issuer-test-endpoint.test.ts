import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSigningKey } from '../../../test/fixtures/a-jwt.ts';
import { serve } from '../../../test/fixtures/a-server.ts';
import { acmeIssuer, anAdmin, assertProblem } from '../../../test/fixtures/an-admin.ts';

test('an issuer is tried step by step, and what fails is told with its remedy', async (t) => {
  const admin = await anAdmin(t);
  const { status, json } = await admin.call('POST', '/issuers/test', { body: { url: 'https://id.nowhere.invalid' } });
  assert.equal(status, 200);
  assert.equal(json.ok, false);
  const [name, connect] = json.steps;
  assert.deepEqual([name.step, name.outcome, name.failure.code], ['name', 'failed', 'unknown_host']);
  assert.ok(name.failure.remedy.length > 10);
  assert.deepEqual([connect.step, connect.outcome, connect.failure], ['connect', 'not reached', null]);
});

test('loopback is tried only where a configured issuer is, so that nothing is learned of what else listens', async (t) => {
  const key = aSigningKey('ES256', 'one');
  let issuer = '';
  const port = await serve(t, (request, response) => {
    const body = request.url === '/jwks' ? { keys: [key.jwk] } : { issuer, jwks_uri: `${issuer}/jwks`, secret: 'x1y2' };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  issuer = `http://127.0.0.1:${port}`;
  const admin = await anAdmin(t);
  const closed = await admin.call('POST', '/issuers/test', { body: { url: 'http://127.0.0.1:1' } });
  const open = await admin.call('POST', '/issuers/test', { body: { url: issuer } });
  for (const { json } of [closed, open]) assert.equal(json.steps[0].failure.code, 'forbidden_address');

  const [, acme] = admin.dependencies.issuers();
  assert.ok(acme !== undefined);
  const configured = await anAdmin(t, {}, { issuers: () => [{ ...acme, identifier: `${issuer}/realm` }] });
  const { json, text } = await configured.call('POST', '/issuers/test', { body: { url: issuer } });
  assert.deepEqual([json.ok, json.preset], [true, 'oauth']);
  assert.ok(!text.includes('x1y2') && !text.includes(String(key.jwk['x'])));
});

test('what is no URL is refused, and so is a call without the right scope', async (t) => {
  const admin = await anAdmin(t);
  for (const url of ['a b', 'https://ada:secret@id.example']) {
    const answer = await admin.call('POST', '/issuers/test', { body: { url } });
    assertProblem(answer, 400, 'input_invalid');
    assert.ok(!answer.text.includes('secret'));
  }
  assertProblem(await admin.call('POST', '/issuers/test', { body: {} }), 400, 'input_invalid');
  const token = await admin.issueOpaque({ audience: admin.dependencies.self().audiences[0] ?? '', scope: 'other' });
  assert.equal((await admin.call('POST', '/issuers/test', { token, body: { url: acmeIssuer } })).status, 403);
});

test('tests are counted, so that nobody looks for ports by them, and each is audited', async (t) => {
  const admin = await anAdmin(t);
  const ask = () => admin.call('POST', '/issuers/test', { body: { url: 'https://169.254.169.254/latest?token=x' } });
  for (let round = 0; round < 20; round++) assert.equal((await ask()).json.steps[0].failure.code, 'forbidden_address');
  const refused = await ask();
  assertProblem(refused, 429, 'too_many_tests');
  assert.match(refused.headers.get('retry-after') ?? '', /^[1-9]\d?$/);
  const { items } = (await admin.call('GET', '/audit?action=issuer.tested')).json;
  assert.equal(items.length, 20);
  assert.deepEqual([items[0].actor, items[0].details.ok], ['client:operator', false]);
  assert.ok(!JSON.stringify(items).includes('token=x'));
});

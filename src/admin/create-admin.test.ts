import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { anAdmin, assertProblem, ordersAudience } from '../../test/fixtures/an-admin.ts';
import { StoreUnavailable } from '../base/store-unavailable.ts';
import { adminAudience, adminScope, followScope } from '../protocol/admin-access.ts';
import { adminFailures } from './channels.ts';

test('the probes answer without a token, and say nothing but yes or no', async (t) => {
  const admin = await anAdmin(t);
  const live = await admin.call('GET', '/livez', { token: undefined });
  assert.deepEqual([live.status, live.json], [200, { live: true }]);
  const ready = await admin.call('GET', '/readyz', { token: undefined });
  assert.deepEqual([ready.status, ready.json], [200, { ready: true, checks: [{ name: 'store', ready: true }] }]);
});

test('a process that cannot serve requests is not ready', async (t) => {
  const checks = [
    { name: 'store', ready: true },
    { name: 'revocations', ready: false },
  ];
  const admin = await anAdmin(t, {}, { readiness: () => checks });
  const ready = await admin.call('GET', '/readyz', { token: undefined });
  assert.deepEqual([ready.status, ready.json], [503, { ready: false, checks }]);
});

test('every other call needs a token of ours, for this API and with its scope', async (t) => {
  const admin = await anAdmin(t);
  const document = await admin.call('GET', '/openapi.json');
  const gatewayToken = await admin.issueOpaque();
  const scopeless = await admin.issueOpaque({ audience: adminAudience, scope: 'orders:read' });
  const foreign = admin.signForeign({ aud: [adminAudience, ordersAudience], scope: adminScope });
  const paths = Object.entries<Record<string, unknown>>(document.json.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => [method.toUpperCase(), path.replace(/\{\w+\}/, '1')] as const),
  );
  assert.ok(paths.length > 20);
  for (const [method, path] of [...paths, ['GET', '/openapi.json'], ['GET', '/nothing'], ['POST', '/livez']] as const) {
    if (method === 'GET' && (path === '/livez' || path === '/readyz')) continue;
    const missing = await admin.call(method, path, { token: undefined });
    assertProblem(missing, 401, 'credential_missing');
    assert.equal(missing.headers.get('www-authenticate'), 'Bearer realm="gatehouse-admin"');
    assertProblem(await admin.call(method, path, { token: gatewayToken }), 401, 'audience_mismatch');
    assertProblem(await admin.call(method, path, { token: foreign }), 401, 'issuer_not_accepted');
    const refused = await admin.call(method, path, { token: scopeless });
    assertProblem(refused, 403, 'scope_insufficient');
    assert.equal(refused.json.scope, path.startsWith('/gateways/') ? followScope : adminScope);
  }
});

test('a token that was revoked is worth nothing here either', async (t) => {
  const admin = await anAdmin(t);
  const token = await admin.issueOpaque({ audience: adminAudience, scope: adminScope });
  assert.equal((await admin.call('GET', '/apis', { token })).status, 200);
  await admin.call('POST', '/revocations', { body: { kind: 'token', token } });
  assertProblem(await admin.call('GET', '/apis', { token }), 401, 'token_revoked');
});

test('two credentials are refused as malformed', async (t) => {
  const admin = await anAdmin(t);
  const token = await admin.issueOpaque({ audience: adminAudience, scope: adminScope });
  const headers = { authorization: `Bearer ${token}, Bearer ${token}` };
  assertProblem(await admin.call('GET', '/apis', { token: undefined, headers }), 400, 'credential_malformed');
});

test('a page that points its own name at this machine gets nothing, whatever token it has', async (t) => {
  const admin = await anAdmin(t, { hosts: ['gatehouse.internal'] });
  const token = await admin.issueOpaque({ audience: adminAudience, scope: adminScope });
  const statusFor = (host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { host, authorization: `Bearer ${token}` };
      request(`${admin.url}/apis`, { headers }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1']) {
    assert.equal(await statusFor(host), 421, host);
  }
  for (const host of ['localhost', 'LOCALHOST:8082', '127.0.0.1', '[::1]:8082', 'gatehouse.internal:8082']) {
    assert.equal(await statusFor(host), 200, host);
  }
});

test('no other site may read an answer', async (t) => {
  const admin = await anAdmin(t);
  const answer = await admin.call('GET', '/apis', { headers: { origin: 'https://evil.example' } });
  assert.equal(answer.headers.get('access-control-allow-origin'), null);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  const preflight = await admin.call('OPTIONS', '/apis', { token: undefined });
  assert.equal(preflight.status, 401);
});

test('metrics need a token unless they are set open', async (t) => {
  const closed = await anAdmin(t);
  assertProblem(await closed.call('GET', '/metrics', { token: undefined }), 401, 'credential_missing');
  assert.match((await closed.call('GET', '/metrics')).text, /gatehouse_requests_total/);
  const open = await anAdmin(t, { metrics: 'open' });
  const answer = await open.call('GET', '/metrics', { token: undefined });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
});

test('what does not fit is refused with the place and the reason, and nothing that was sent', async (t) => {
  const admin = await anAdmin(t);
  const cases = [
    ['{"kind":', 'body'],
    [{ kind: 'subject', issuer: 'acme', value: 7 }, 'value'],
    [{ kind: 'subject', issuer: 'acme', value: 'mira', cliemt: 'a-secret-thing' }, 'cliemt'],
    [{ kind: 'everything' }, 'kind'],
    [[], 'body'],
    [{ kind: 'subject', issuer: 'nobody', value: 'mira' }, 'issuer'],
  ] as const;
  for (const [body, path] of cases) {
    const answer = await admin.call('POST', '/revocations', { body });
    assertProblem(answer, 400, 'input_invalid');
    assert.equal(answer.json.errors[0].path, path);
    assert.ok(answer.json.errors[0].reason.length > 0);
    assert.ok(!answer.text.includes('a-secret-thing'));
  }
});

test('a body that is no JSON, or too large, is refused', async (t) => {
  const admin = await anAdmin(t);
  const form = { body: 'kind=token', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  assertProblem(await admin.call('POST', '/revocations', form), 415, 'media_type_unsupported');
  const large = { body: { kind: 'token', token: 'x'.repeat(300_000) } };
  assertProblem(await admin.call('POST', '/revocations', large), 413, 'body_too_large');
  const chunked = await fetch(`${admin.url}/revocations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' },
    body: new Blob(['{}']).stream(),
    duplex: 'half',
  });
  assert.equal(chunked.status, 411);
  assert.match(await chunked.text(), /"length_required"/);
});

test('an endpoint that does not exist is a 404 for those who may call', async (t) => {
  const admin = await anAdmin(t);
  assertProblem(await admin.call('GET', '/secrets'), 404, 'endpoint_unknown');
  assertProblem(await admin.call('DELETE', '/audit'), 404, 'endpoint_unknown');
});

test('a fault of ours is announced with its cause and answered without it', async (t) => {
  const failing = () => Promise.reject(new Error('disk I/O error at /var/lib/secret-place'));
  const admin = await anAdmin(t, {}, { audit: { record: failing, list: failing } });
  const heard: unknown[] = [];
  t.after(adminFailures.listen(({ error }) => heard.push(error)));
  const answer = await admin.call('GET', '/audit');
  assertProblem(answer, 500, 'internal_error');
  assert.ok(!answer.text.includes('secret-place'));
  assert.match(String(heard[0]), /disk I\/O error/);
});

test('a store that cannot be asked is no fault: the caller may try again', async (t) => {
  const failing = () => Promise.reject(new StoreUnavailable('database is locked at /var/lib/secret-place'));
  const admin = await anAdmin(t, {}, { audit: { record: failing, list: failing } });
  const answer = await admin.call('GET', '/audit');
  assertProblem(answer, 503, 'store_unavailable');
  assert.equal(answer.headers.get('retry-after'), '5');
  assert.ok(!answer.text.includes('secret-place'));
});

test('each call is announced with its route, its caller and why it failed', async (t) => {
  const admin = await anAdmin(t);
  await admin.call('GET', '/revocations/7');
  await admin.call('GET', '/apis', { token: await admin.issueOpaque() });
  const [first, second] = admin.calls;
  assert.ok(first !== undefined && second !== undefined);
  assert.deepEqual(
    [first.method, first.path, first.status, first.actor, first.code],
    ['GET', '/revocations/:seq', 404, 'client:operator', 'resource_unknown'],
  );
  assert.deepEqual([second.status, second.actor, second.code], [401, undefined, 'audience_mismatch']);
  assert.deepEqual(second.facts, { expected: [adminAudience], actual: [ordersAudience] });
});

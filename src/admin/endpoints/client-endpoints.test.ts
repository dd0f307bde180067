import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anAdmin, assertProblem, configuredClient, type TestAdmin } from '../../../test/fixtures/an-admin.ts';
import { sha256Hex } from '../../base/sha256.ts';
import { checksumFits } from '../../opaque/index.ts';

const reporting = { id: 'reporting', grants: ['client_credentials'], scopes: ['orders:read'] };

async function auditOf(admin: TestAdmin, target: string): Promise<string[]> {
  const { json } = await admin.call('GET', `/audit?target=${target}`);
  for (const { actor } of json.items) assert.equal(actor, 'client:operator');
  return json.items.map(({ action }: { action: string }) => action);
}

test('the secret of a new client is shown once, and stored as a hash', async (t) => {
  const admin = await anAdmin(t);
  const { status, json } = await admin.call('POST', '/clients', { body: reporting });
  assert.equal(status, 201);
  assert.ok(json.secret.startsWith('ghs_') && checksumFits(json.secret));
  assert.equal((await admin.store.clients.find('reporting'))?.secretHash, sha256Hex(json.secret));
  const others = [await admin.call('GET', '/clients/reporting'), await admin.call('GET', '/clients')];
  for (const { text } of [...others, await admin.call('GET', '/audit')]) {
    assert.ok(!text.includes(json.secret) && !text.includes(sha256Hex(json.secret)));
  }
  assert.deepEqual(await auditOf(admin, 'reporting'), ['client.created']);
});

test('a client without an id gets one, and one that is public gets no secret', async (t) => {
  const admin = await anAdmin(t);
  const redirect_uris = ['https://app.example/callback'];
  const body = { authentication: 'none', grants: ['authorization_code', 'refresh_token'], redirect_uris };
  const { status, json } = await admin.call('POST', '/clients', { body });
  assert.equal(status, 201);
  assert.equal(json.secret, null);
  assert.match(json.client.id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(json.client.redirect_uris, redirect_uris);
});

test('clients of the configuration are listed too, and cannot be changed here', async (t) => {
  const admin = await anAdmin(t);
  await admin.call('POST', '/clients', { body: reporting });
  const { json } = await admin.call('GET', '/clients');
  assert.deepEqual(
    json.items.map(({ id, source }: { id: string; source: string }) => [id, source]),
    [
      [configuredClient, 'configuration'],
      ['reporting', 'admin'],
    ],
  );
  const path = `/clients/${configuredClient}`;
  assertProblem(await admin.call('DELETE', path), 409, 'resource_conflict');
  assertProblem(await admin.call('POST', `${path}/secret`), 409, 'resource_conflict');
});

test('an id is taken once', async (t) => {
  const admin = await anAdmin(t);
  await admin.call('POST', '/clients', { body: reporting });
  const again = await admin.call('POST', '/clients', { body: reporting });
  assertProblem(again, 409, 'resource_conflict');
  assert.deepEqual(again.json.errors, [{ path: 'id', reason: 'is the id of another client' }]);
});

test('a client that makes no sense is refused with the member and the remedy', async (t) => {
  const admin = await anAdmin(t);
  const code = { ...reporting, grants: ['authorization_code'] };
  const plain = { ...code, redirect_uris: ['http://app.example/callback'] };
  const refused = await admin.call('POST', '/clients', { body: plain });
  assertProblem(refused, 400, 'input_invalid');
  assert.equal(refused.json.errors[0].path, 'redirect_uris.0');
  assertProblem(await admin.call('POST', '/clients', { body: { ...code, redirect_uris: [] } }), 400, 'input_invalid');
  const keyless = { ...reporting, authentication: 'private_key_jwt' };
  assert.equal((await admin.call('POST', '/clients', { body: keyless })).json.errors[0].path, 'jwks');
  const secret = { ...reporting, secret: 'chosen by hand' };
  assert.equal((await admin.call('POST', '/clients', { body: secret })).json.errors[0].path, 'secret');
});

test('a new secret takes the place of the old one', async (t) => {
  const admin = await anAdmin(t);
  const old = (await admin.call('POST', '/clients', { body: reporting })).json.secret;
  const { status, json } = await admin.call('POST', '/clients/reporting/secret');
  assert.equal(status, 200);
  assert.notEqual(json.secret, old);
  assert.equal((await admin.store.clients.find('reporting'))?.secretHash, sha256Hex(json.secret));
  assert.deepEqual(await auditOf(admin, 'reporting'), ['client.secret_renewed', 'client.created']);
  assertProblem(await admin.call('POST', '/clients/nobody/secret'), 404, 'resource_unknown');
});

test('a client that has no secret gets none later', async (t) => {
  const admin = await anAdmin(t);
  const app = {
    id: 'app',
    authentication: 'none',
    grants: ['authorization_code'],
    redirect_uris: ['https://a.example'],
  };
  assert.equal((await admin.call('POST', '/clients', { body: app })).status, 201);
  assertProblem(await admin.call('POST', '/clients/app/secret'), 409, 'resource_conflict');
});

test('a client that is removed takes its tokens with it', async (t) => {
  const admin = await anAdmin(t);
  await admin.call('POST', '/clients', { body: reporting });
  const token = await admin.issueOpaque({ client: 'reporting' });
  assert.equal((await admin.call('DELETE', '/clients/reporting')).status, 204);
  assertProblem(await admin.call('GET', '/clients/reporting'), 404, 'resource_unknown');
  const { json } = await admin.call('POST', '/explain', { body: { api: 'orders', token } });
  assert.equal(json.rejection.code, 'token_revoked');
  assert.deepEqual(await auditOf(admin, 'reporting'), ['client.removed', 'client.created']);
  assertProblem(await admin.call('DELETE', '/clients/reporting'), 404, 'resource_unknown');
});

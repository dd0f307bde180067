import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acmeIssuer, anAdmin, assertProblem } from '../../../test/fixtures/an-admin.ts';

test('issuers are listed with the health of their keys, and no key material', async (t) => {
  const admin = await anAdmin(t);
  const { status, json, text } = await admin.call('GET', '/issuers');
  assert.equal(status, 200);
  assert.deepEqual(
    json.items.map(({ name }: { name: string }) => name),
    ['provider', 'acme'],
  );
  const [, acme] = json.items;
  assert.equal(acme.identifier, acmeIssuer);
  assert.deepEqual(acme.keys.keys, [{ kid: 'acme-1', kty: 'EC', algorithms: ['ES256'] }]);
  assert.equal(acme.keys.state, 'fresh');
  assert.ok(!text.includes('"x"') && !text.includes('"d"'));
});

test('the issuers of a name are shown, and an unknown name is a 404', async (t) => {
  const admin = await anAdmin(t);
  assert.equal((await admin.call('GET', '/issuers/acme')).json.items.length, 1);
  assertProblem(await admin.call('GET', '/issuers/constructor'), 404, 'resource_unknown');
});

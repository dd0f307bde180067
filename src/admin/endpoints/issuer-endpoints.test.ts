import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acmeIssuer, anAdmin, assertProblem } from '../../../test/fixtures/an-admin.ts';
import type { IntrospectionHealth } from '../../opaque/index.ts';
import { introspectionFailure } from '../../opaque/introspection-failure.ts';

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

test('how an issuer answers that is asked about its tokens is told, without any of them', async (t) => {
  const failure = introspectionFailure('credentials_refused', { status: 401 });
  const health: IntrospectionHealth = {
    issuerName: 'acme',
    endpoint: `${acmeIssuer}/introspect`,
    state: 'failing',
    lastSuccess: undefined,
    lastFailure: { at: 1_800_000_000_000, failure },
    failures: 3,
    nextAttempt: undefined,
    remembered: { active: 2, inactive: 1 },
    asking: 0,
    waiting: 0,
  };
  const admin = await anAdmin(t, {}, { introspections: () => [health] });
  const [provider, acme] = (await admin.call('GET', '/issuers')).json.items;
  assert.equal(provider.introspection, null);
  assert.deepEqual([acme.introspection.state, acme.introspection.failures], ['failing', 3]);
  const { at, code, remedy } = acme.introspection.last_failure;
  assert.deepEqual([at, code, remedy], ['2027-01-15T08:00:00.000Z', 'credentials_refused', failure.remedy]);
});

test('the issuers of a name are shown, and an unknown name is a 404', async (t) => {
  const admin = await anAdmin(t);
  assert.equal((await admin.call('GET', '/issuers/acme')).json.items.length, 1);
  assertProblem(await admin.call('GET', '/issuers/constructor'), 404, 'resource_unknown');
});

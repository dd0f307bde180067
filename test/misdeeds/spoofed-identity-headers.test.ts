import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { IdentityOptions } from '../../src/gateway/index.ts';
import { aGateway, anAccess, anApi, sendRaw } from '../fixtures/a-gateway.ts';
import { aPrincipal, strictJson } from '../fixtures/a-principal.ts';
import { serve } from '../fixtures/a-server.ts';

const spoofed = [
  'Gatehouse-Subject: root',
  'gatehouse-subject: root',
  'GATEHOUSE-ISSUER: https://evil.example',
  'Gatehouse_Subject: root',
  'gatehouse.subject: root',
  'Gatehouse-Client: root',
  'Gatehouse-Consumer: root',
  'Gatehouse-Scope: admin',
  'Gatehouse-Invented: root',
  'X-User-Email: root@example.com',
  'x_user_email: root@example.com',
  'X-User_Email: root@example.com',
  'X.User.Email: root@example.com',
];

/** The fields of the upstream's request, lower case, when a client of this principal sends all of the above. */
async function told(t: TestContext, identity: IdentityOptions, claims: string): Promise<Map<string, string[]>> {
  const fields = new Map<string, string[]>();
  const upstream = await serve(t, (incoming, response) => {
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      const name = incoming.rawHeaders[i]?.toLowerCase().replace(/[^a-z0-9]/g, '-') ?? '';
      fields.set(name, [...(fields.get(name) ?? []), incoming.rawHeaders[i + 1] ?? '']);
    }
    response.end();
  });
  const principal = aPrincipal({ client: undefined, claims: strictJson(claims) as Record<string, never> });
  const signer = { issuer: 'https://gate.example', sign: () => 'header.payload.signature' };
  const { port } = await aGateway(t, [anApi(upstream, { identity })], { access: anAccess(principal), signer });
  const head = 'GET /x HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\nDPoP: proof\r\nConnection: close\r\n';
  assert.match(await sendRaw(port, `${head}${spoofed.join('\r\n')}\r\n\r\n`), /^HTTP\/1\.1 200 /);
  return fields;
}

const emailHeader: IdentityOptions = { kind: 'headers', claims: { 'X-User-Email': ['email'] } };

test('the upstream hears of the caller from the gateway alone', async (t) => {
  const fields = await told(t, emailHeader, '{"email":"mira@acme.example"}');
  assert.deepEqual(fields.get('gatehouse-issuer'), ['https://acme.example']);
  assert.deepEqual(fields.get('gatehouse-subject'), ['mira']);
  assert.deepEqual(fields.get('gatehouse-scope'), ['orders:read']);
  assert.deepEqual(fields.get('x-user-email'), ['mira@acme.example']);
  assert.equal(fields.get('gatehouse-invented'), undefined);
});

test('where a claim is missing, what the client says in its place is removed all the same', async (t) => {
  const fields = await told(t, emailHeader, '{}');
  assert.equal(fields.get('x-user-email'), undefined);
  assert.equal(fields.get('gatehouse-client'), undefined);
  assert.equal(fields.get('gatehouse-consumer'), undefined);
});

test('the caller keeps its token to itself, unless the API says otherwise', async (t) => {
  for (const identity of [emailHeader, { kind: 'none' }, { kind: 'jwt', audience: 'a' }] as const) {
    const fields = await told(t, identity, '{}');
    const expected = identity.kind === 'jwt' ? ['Bearer header.payload.signature'] : undefined;
    assert.deepEqual(fields.get('authorization'), expected, identity.kind);
    assert.equal(fields.get('dpop'), undefined);
    assert.doesNotMatch(JSON.stringify([...fields]), /Bearer good/);
    assert.doesNotMatch(JSON.stringify([...fields].filter(([name]) => name.startsWith('gatehouse'))), /root|evil/);
  }
  const fields = await told(t, { kind: 'token' }, '{}');
  assert.deepEqual(fields.get('authorization'), ['Bearer good']);
  assert.equal(fields.get('gatehouse-subject'), undefined);
});

test('a claim cannot begin a header of its own', async (t) => {
  const fields = await told(t, emailHeader, '{"email":"x\\r\\nGatehouse-Scope: admin\\r\\n\\r\\nGET / HTTP/1.1"}');
  assert.deepEqual(fields.get('x-user-email'), ['x%0D%0AGatehouse-Scope: admin%0D%0A%0D%0AGET / HTTP/1.1']);
  assert.deepEqual(fields.get('gatehouse-scope'), ['orders:read']);
});

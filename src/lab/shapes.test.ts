import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { compactDecrypt, importJWK } from 'jose';
import { type Lab, startLab } from './start-lab.ts';

let lab: Lab;

before(async () => {
  lab = await startLab({ listen: { host: '127.0.0.1', port: 0 } });
});

after(() => lab.close());

interface Documented {
  readonly header: string;
  readonly claims: string;
  /** Where the token is one of an application. */
  readonly machine?: true;
}

/** The names in the header, besides `alg`, and in the payload of an access token, as each provider documents them. */
const documented: readonly (readonly [string, Documented])[] = [
  ['okta', { header: 'kid', claims: 'ver jti iss aud iat exp auth_time cid uid scp sub groups' }],
  ['okta', { header: 'kid', claims: 'ver jti iss aud iat exp cid scp sub', machine: true }],
  ['auth0', { header: 'typ kid', claims: 'iss sub aud iat exp scope permissions azp' }],
  ['auth0', { header: 'typ kid', claims: 'iss sub aud iat exp scope permissions azp gty', machine: true }],
  [
    'cognito',
    {
      header: 'kid',
      claims: `sub cognito:groups iss version client_id origin_jti event_id token_use scope auth_time iat exp jti username`,
    },
  ],
  [
    'cognito',
    { header: 'kid', claims: 'sub iss version client_id token_use scope auth_time iat exp jti', machine: true },
  ],
  [
    'adfs',
    { header: 'typ x5t', claims: 'aud iss iat nbf exp apptype appid authmethod auth_time ver scp upn group sub' },
  ],
  [
    'entra-v1',
    {
      header: 'typ x5t kid',
      claims: `aud iss iat nbf exp acr aio amr appid appidacr idp ipaddr name unique_name oid rh scp roles sub tid uti ver`,
    },
  ],
  [
    'entra-v2',
    {
      header: 'typ kid',
      claims: 'aud iss iat nbf exp aio azp azpacr idtyp oid rh roles sub tid uti ver',
      machine: true,
    },
  ],
  ['pingfederate', { header: 'kid', claims: 'aud sub scope client_id agid iss jti Username memberOf exp' }],
  [
    'pingone',
    { header: 'kid typ', claims: 'client_id iss jti iat exp aud scope sub sid auth_time acr p1.permissions' },
  ],
  ['pingone', { header: 'kid typ', claims: 'client_id iss jti iat exp aud scope p1.permissions', machine: true }],
  [
    'keycloak',
    {
      header: 'typ kid',
      claims: `exp iat auth_time jti iss aud sub typ azp sid acr allowed-origins realm_access resource_access scope preferred_username groups`,
    },
  ],
];

function parts(token: string): readonly Record<string, unknown>[] {
  return token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
}

const sorted = (names: Iterable<string>): readonly string[] => [...names].sort();

for (const [name, { header, claims, machine }] of documented) {
  test(`a token of ${name}${machine ? ' for an application' : ''} has the members that are documented, no others`, async () => {
    const client = 'orders-web';
    const subject = machine ? client : 'mira';
    const wish = { subject, client, scopes: ['orders:read'], audiences: ['https://orders.example'] };
    const [head = {}, payload = {}] = parts(await lab.issuer(name).mint(wish));
    assert.deepEqual(sorted(Object.keys(head)), sorted(['alg', ...header.split(' ')]));
    assert.deepEqual(sorted(Object.keys(payload)), sorted(claims.split(' ')));
  });
}

test('what Google signs is an ID token', async () => {
  const [, payload] = parts(await lab.issuer('google').mint({ format: 'jwt', client: 'app' }));
  assert.deepEqual([payload?.['aud'], payload?.['azp'], typeof payload?.['at_hash']], ['app', 'app', 'string']);
});

test('every endpoint that a discovery document names answers', async () => {
  for (const { name, identifier } of lab.issuers) {
    const url = `${identifier.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const document = (await (await fetch(url)).json()) as Record<string, unknown>;
    assert.equal(document['issuer'], identifier, name);
    const known = ['jwks_uri', 'token_endpoint', 'introspection_endpoint', 'revocation_endpoint'];
    for (const member of known.filter((key) => key in document)) {
      const method = member === 'jwks_uri' ? 'GET' : 'POST';
      const { status } = await fetch(String(document[member]), { method });
      assert.ok(status === 200 || status === 401, `${name} ${member}: ${status}`);
    }
  }
});

test('the document of several tenants has a template for its issuer, and so have the keys', async () => {
  const base = `${lab.origin}/entra-v2`;
  const document = (await (await fetch(`${base}/common/v2.0/.well-known/openid-configuration`)).json()) as Record<
    string,
    string
  >;
  assert.equal(document['issuer'], `${base}/{tenantid}/v2.0`);
  const { keys } = (await (await fetch(document['jwks_uri'] ?? '')).json()) as { keys: Record<string, string>[] };
  assert.equal(keys[0]?.['issuer'], document['issuer']);
});

test('a JWT is encrypted to a key that is given, RSA or EC, and nobody else reads it', async () => {
  const pairs = [
    [generateKeyPairSync('rsa', { modulusLength: 2048 }), 'RSA-OAEP-256'],
    [generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'ECDH-ES'],
  ] as const;
  for (const [{ publicKey, privateKey }, alg] of pairs) {
    const encryptTo = { ...publicKey.export({ format: 'jwk' }), kid: 'enc-1' };
    const body = new URLSearchParams({ audience: 'a', encrypt_to: JSON.stringify(encryptTo) });
    const answer = await fetch(`${lab.origin}/token`, { method: 'POST', body });
    const { access_token: token = '' } = (await answer.json()) as Record<string, string>;
    assert.equal(token.split('.').length, 5);
    const key = await importJWK(privateKey.export({ format: 'jwk' }), alg);
    const { plaintext, protectedHeader } = await compactDecrypt(token, key);
    assert.deepEqual(protectedHeader.kid, 'enc-1');
    const [, payload] = parts(Buffer.from(plaintext).toString());
    assert.equal(payload?.['iss'], lab.origin);
  }
});

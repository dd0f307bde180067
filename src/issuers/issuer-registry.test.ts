import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type TestContext, test } from 'node:test';
import { aSigningKey } from '../../test/fixtures/a-jwt.ts';
import { serve } from '../../test/fixtures/a-server.ts';
import { systemClock } from '../base/clock.ts';
import { createHttpClient, type HttpClient } from '../net/index.ts';
import type { Issuer } from './issuer.ts';
import type { IssuerOptions } from './issuer-options.ts';
import { IssuerRegistry } from './issuer-registry.ts';

const tenants = ['4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846', '7a1c2f0e-4f0a-4c8e-9d3b-0a1b2c3d4e5f'] as const;

type Answer = object | string | ((response: ServerResponse, request: IncomingMessage) => void);

/** A server whose answers a test gives by path; text is HTML. */
interface Site {
  readonly origin: string;
  readonly answers: Record<string, Answer>;
  /** The paths asked for, in order. */
  readonly asked: string[];
}

async function site(t: TestContext): Promise<Site> {
  const answers: Record<string, Answer> = {};
  const asked: string[] = [];
  const port = await serve(t, (request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answer = answers[path];
    if (answer === undefined) return void response.writeHead(404).end();
    if (typeof answer === 'function') return answer(response, request);
    if (typeof answer === 'string') return void response.setHeader('content-type', 'text/html').end(answer);
    return void response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  return { origin: `http://127.0.0.1:${port}`, answers, asked };
}

function httpClient(t: TestContext): HttpClient {
  const http = createHttpClient({ timeout: 2_000 });
  t.after(() => http.close());
  return http;
}

function registryOf(
  t: TestContext,
  options: Readonly<Record<string, IssuerOptions>>,
  http = httpClient(t),
  previous?: IssuerRegistry,
): IssuerRegistry {
  const registry = new IssuerRegistry(options, { http, clock: systemClock }, previous);
  t.after(() => registry.stop());
  return registry;
}

function only(registry: IssuerRegistry, name = 'acme'): Issuer {
  const [issuer, ...others] = registry.named(name);
  assert.ok(issuer !== undefined && others.length === 0);
  return issuer;
}

function jwks(...kids: readonly string[]): { keys: readonly object[] } {
  return { keys: kids.map((kid) => aSigningKey('ES256', kid).jwk) };
}

function kidsOf(issuer: Issuer): readonly (string | undefined)[] | undefined {
  return issuer.keys.current()?.keys.map(({ id }) => id);
}

const openid = '/.well-known/openid-configuration';

test('keys are found by discovery, at any of the well-known places', async (t) => {
  for (const path of [
    '/a/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server/a',
    '/.well-known/openid-configuration/a',
    '/a/.well-known/oauth-authorization-server',
  ]) {
    const { origin, answers } = await site(t);
    answers[path] = { issuer: `${origin}/a`, jwks_uri: `${origin}/keys` };
    answers['/keys'] = jwks('one');
    for (const preset of ['oidc', 'oauth'] as const) {
      const issuer = only(registryOf(t, { acme: { preset, issuer: `${origin}/a` } }));
      await issuer.keys.refresh('one');
      assert.deepEqual(kidsOf(issuer), ['one'], `${preset} ${path}`);
    }
  }
});

test('a page at one well-known place does not hide the document at another', async (t) => {
  const { origin, answers } = await site(t);
  answers[openid] = '<!doctype html>';
  answers['/.well-known/oauth-authorization-server'] = { issuer: origin, jwks_uri: `${origin}/keys` };
  answers['/keys'] = jwks('one');
  const issuer = only(registryOf(t, { acme: { preset: 'oidc', issuer: origin } }));
  await issuer.keys.refresh('one');
  assert.deepEqual(kidsOf(issuer), ['one']);
});

test('a configured key set wins over discovery, which does not happen', async (t) => {
  const { origin, answers, asked } = await site(t);
  answers['/ext/jwks-orders'] = jwks('orders');
  const issuer = only(
    registryOf(t, { acme: { preset: 'pingfederate', issuer: origin, jwksUri: `${origin}/ext/jwks-orders` } }),
  );
  await issuer.keys.refresh('orders');
  assert.deepEqual(kidsOf(issuer), ['orders']);
  assert.deepEqual(asked, ['/ext/jwks-orders']);
});

const faults: readonly (readonly [string, string, (site: Site) => void])[] = [
  [
    'another issuer',
    'discovery_issuer_mismatch',
    ({ origin, answers }) => {
      answers[openid] = { issuer: `${origin}/`, jwks_uri: `${origin}/keys` };
    },
  ],
  [
    'no issuer',
    'discovery_without_issuer',
    ({ origin, answers }) => {
      answers[openid] = { jwks_uri: `${origin}/keys` };
    },
  ],
  [
    'no key set',
    'discovery_without_keys',
    ({ origin, answers }) => {
      answers[openid] = { issuer: origin };
    },
  ],
  [
    'an array',
    'discovery_malformed',
    ({ answers }) => {
      answers[openid] = [];
    },
  ],
  ['no document anywhere', 'http_status', () => undefined],
  [
    'HTML',
    'not_json',
    ({ answers }) => {
      answers[openid] = '<!doctype html>';
    },
  ],
  [
    'an error',
    'http_status',
    ({ answers }) => {
      answers[openid] = (response) => response.writeHead(500).end();
    },
  ],
  [
    'a redirect to a metadata service',
    'redirect',
    ({ answers }) => {
      answers[openid] = (response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    },
  ],
  [
    'a key set at a metadata service',
    'forbidden_address',
    ({ origin, answers }) => {
      answers[openid] = { issuer: origin, jwks_uri: 'https://169.254.169.254/latest/meta-data' };
    },
  ],
  [
    'a key set in a file',
    'not_https',
    ({ origin, answers }) => {
      answers[openid] = { issuer: origin, jwks_uri: 'file:///etc/passwd' };
    },
  ],
  [
    'a key set in the clear',
    'not_https',
    ({ origin, answers }) => {
      answers[openid] = { issuer: origin, jwks_uri: 'http://192.0.2.7/keys' };
    },
  ],
  ['a key set that is none', 'key_set_malformed', (one) => publish(one, { jwks: [] })],
  ['keys that are no array', 'key_set_malformed', (one) => publish(one, { keys: {} })],
  ['an empty key set', 'key_set_empty', (one) => publish(one, { keys: [] })],
  ['a key set of bad keys only', 'key_set_empty', (one) => publish(one, { keys: [{ kty: 'oct', k: 'AA' }, 7, null] })],
  [
    'a key set of 50 MB',
    'too_large',
    (one) =>
      publish(one, (response) => {
        response.end(Buffer.alloc(50 * 1024 * 1024, ' '));
      }),
  ],
  [
    'a key set that drips',
    'timeout',
    (one) =>
      publish(one, (response) => {
        const timer = setInterval(() => response.write(' '), 20);
        response.once('close', () => clearInterval(timer));
      }),
  ],
  [
    'a key set that resets',
    'connection_lost',
    (one) => publish(one, (response) => void response.socket?.resetAndDestroy()),
  ],
];

function publish({ origin, answers }: Site, keys: Answer): void {
  answers[openid] = { issuer: origin, jwks_uri: `${origin}/keys` };
  answers['/keys'] = keys;
}

for (const [what, code, spoil] of faults) {
  test(`${what}: the token is not to blame, and the operator sees ${code}`, async (t) => {
    const one = await site(t);
    spoil(one);
    const fresh = only(registryOf(t, { acme: { preset: 'oidc', issuer: one.origin } }));
    assert.equal(await fresh.keys.refresh('one'), undefined);
    const { state, failure } = fresh.keys.health();
    assert.deepEqual([state, failure?.code], ['unavailable', code]);
    assert.ok((failure?.remedy.length ?? 0) > 10);
    assert.doesNotMatch(JSON.stringify(failure), /secret/);
  });
}

test('good keys go on while the key set is spoilt, and one bad key spoils nothing', async (t) => {
  const one = await site(t);
  const rsa1024 = { kty: 'RSA', kid: 'weak', n: Buffer.alloc(128, 0xff).toString('base64url'), e: 'AQAB' };
  const withPrivate = { ...aSigningKey('ES256', 'leaked').privateKey.export({ format: 'jwk' }), kid: 'leaked' };
  publish(one, { keys: [{ kty: 'EC', kid: 'broken' }, rsa1024, withPrivate, ...jwks('good').keys, 'x'] });
  const { keys } = only(registryOf(t, { acme: { preset: 'oidc', issuer: one.origin, keys: { coolDown: 0 } } }));
  const first = await keys.refresh('good');
  assert.equal(first?.keys.length, 1);
  assert.deepEqual(
    keys.health().skipped.map(({ kid }) => kid),
    ['broken', 'weak', 'leaked', undefined],
  );
  one.answers['/keys'] = '<!doctype html>';
  assert.equal(await keys.refresh('new'), undefined);
  assert.equal(keys.current(), first);
  assert.equal(keys.health().state, 'stale');
});

test('a key that is written in a way that no token may be spoils nothing', async (t) => {
  const one = await site(t);
  const [good] = jwks('good').keys;
  const deep = `${'['.repeat(40)}${']'.repeat(40)}`;
  const bad = ['{"kty":"EC","kid":"twice","kid":"twice"}', `{"kty":"EC","x-deep":${deep}}`, '{"kid":"\\ud800"}'];
  publish(one, (response) => response.end(`\ufeff{"keys":[${[...bad, JSON.stringify(good)].join(',')}]}`));
  const { keys } = only(registryOf(t, { acme: { preset: 'oidc', issuer: one.origin } }));
  assert.deepEqual(
    (await keys.refresh('good'))?.keys.map(({ id }) => id),
    ['good'],
  );
  assert.equal(keys.health().skipped.length, 3);
});

test('of a key set without end only so much is taken, and the operator sees it', async (t) => {
  const one = await site(t);
  const { x, y } = aSigningKey('ES256', 'one').jwk;
  const many = (length: number) =>
    Array.from({ length }, (_, kid) => ({ kty: 'EC', kid: `${kid}`, crv: 'P-256', x, y }));
  publish(one, { keys: many(10_000) });
  const { keys } = only(registryOf(t, { acme: { preset: 'oidc', issuer: one.origin } }));
  assert.equal(await keys.refresh('7'), undefined);
  assert.equal(keys.health().failure?.code, 'too_large');

  publish(one, { keys: many(5_000) });
  const later = only(registryOf(t, { acme: { preset: 'oidc', issuer: one.origin } })).keys;
  assert.equal((await later.refresh('7'))?.keys.length, 1000);
  assert.deepEqual(later.health().skipped, [{ kid: undefined, reason: 'beyond_limit' }]);
});

test('ten thousand made-up kids fetch the key set once, discovery included', async (t) => {
  const one = await site(t);
  publish(one, jwks('one'));
  const registry = registryOf(t, { acme: { preset: 'oidc', issuer: one.origin } });
  registry.start();
  const { keys } = only(registry);
  await keys.refresh('one');
  one.asked.length = 0;
  for (let round = 0; round < 10; round++) {
    await Promise.all(Array.from({ length: 1000 }, (_, index) => keys.refresh(`made-up-${round}-${index}`)));
  }
  assert.deepEqual(one.asked, ['/keys']);
});

test('two realms of one server with one kid are two issuers with their own keys', async (t) => {
  const { origin, answers } = await site(t);
  const registry = registryOf(t, {
    a: { preset: 'keycloak', issuer: `${origin}/realms/a` },
    b: { preset: 'keycloak', issuer: `${origin}/realms/b` },
  });
  for (const realm of ['a', 'b']) {
    const issuer = `${origin}/realms/${realm}`;
    answers[`/realms/${realm}${openid}`] = { issuer, jwks_uri: `${issuer}/certs` };
    answers[`/realms/${realm}/certs`] = { keys: [{ ...aSigningKey('ES256', `realm-${realm}`).jwk, kid: 'same' }] };
  }
  const [a, b] = [only(registry, 'a'), only(registry, 'b')];
  const [keyOfA] = (await a.keys.refresh('same'))?.byId('same') ?? [];
  const [keyOfB] = (await b.keys.refresh('same'))?.byId('same') ?? [];
  assert.ok(keyOfA !== undefined && keyOfB !== undefined && !keyOfA.publicKey.equals(keyOfB.publicKey));
});

test('each tenant of Entra ID gets the keys that are for it, and for all', async (t) => {
  const { origin, answers } = await site(t);
  const issuer = `${origin}/{tenantid}/v2.0`;
  const [one, two] = tenants;
  answers['/common'] = { issuer, jwks_uri: `${origin}/keys` };
  answers['/keys'] = {
    keys: [
      { ...aSigningKey('ES256', 'all').jwk, issuer },
      { ...aSigningKey('ES256', 'one').jwk, issuer: `${origin}/${one}/v2.0` },
      { ...aSigningKey('ES256', 'odd').jwk, issuer: 7 },
      aSigningKey('ES256', 'unsaid').jwk,
    ],
  };
  const options = { preset: 'entra-v2', issuer, discovery: `${origin}/common`, tenants: [one, two] } as const;
  const [first, second, ...others] = registryOf(t, { acme: options }).named('acme');
  assert.ok(first !== undefined && second !== undefined && others.length === 0);
  await Promise.all([first.keys.refresh('all'), second.keys.refresh('all')]);
  assert.deepEqual(kidsOf(first), ['all', 'one', 'unsaid']);
  assert.deepEqual(kidsOf(second), ['all', 'unsaid']);
  assert.deepEqual(second.keys.health().skipped, [
    { kid: 'one', reason: 'other_tenant' },
    { kid: 'odd', reason: 'other_tenant' },
  ]);
});

test('an access token issuer that is not accepted is warned of, and so is a clock that is off', async (t) => {
  const { origin, answers } = await site(t);
  const document = { issuer: `${origin}/adfs`, jwks_uri: `${origin}/keys`, access_token_issuer: 'http://sts.acme' };
  answers[`/adfs${openid}`] = document;
  answers['/keys'] = (response: ServerResponse) => {
    response.setHeader('date', new Date(Date.now() - 600_000).toUTCString());
    response.end(JSON.stringify(jwks('one')));
  };
  const { keys } = only(registryOf(t, { acme: { preset: 'adfs', issuer: `${origin}/adfs` } }));
  await keys.refresh('one');
  const [issuerWarning, clockWarning] = keys.health().warnings;
  assert.match(issuerWarning ?? '', /"http:\/\/sts\.acme"/);
  assert.match(clockWarning ?? '', /60[01] seconds ahead/);
});

test('the order in which keys are published means nothing', async (t) => {
  const one = await site(t);
  publish(one, jwks('one', 'two'));
  const { keys } = only(registryOf(t, { acme: { preset: 'oidc', issuer: one.origin, keys: { coolDown: 0 } } }));
  const first = await keys.refresh('one');
  one.answers['/keys'] = {
    keys: [...jwks('two', 'one').keys]
      .map((jwk) => ({ ...jwk }))
      .reverse()
      .reverse(),
  };
  assert.equal(await keys.refresh('three'), first);
});

test('starting does not wait for an issuer that is down, and a token is then not to blame', async (t) => {
  const registry = registryOf(t, { acme: { preset: 'oidc', issuer: 'http://127.0.0.1:1' } });
  registry.start();
  assert.equal(only(registry).keys.current(), undefined);
  assert.equal(await only(registry).keys.refresh('one'), undefined);
  assert.equal(registry.health()[0]?.keys.failure?.code, 'refused');
});

test('an issuer whose JWTs cannot be verified asks nobody for keys', async (t) => {
  const { origin, asked } = await site(t);
  const registry = registryOf(t, { acme: { preset: 'okta', issuer: origin } });
  registry.start();
  assert.equal(await only(registry).keys.refresh('one'), undefined);
  assert.deepEqual(asked, []);
  const [health] = registry.health();
  assert.equal(health?.keys.state, 'unused');
  assert.match(health?.refusal ?? '', /org authorization server/);
});

test('across a reload what has not changed is the same issuer with the same keys', async (t) => {
  const one = await site(t);
  publish(one, jwks('one'));
  const http = httpClient(t);
  const acme = { preset: 'oidc', issuer: one.origin } as const;
  const gone = { preset: 'oidc', issuer: one.origin, jwksUri: `${one.origin}/keys` } as const;
  const before = registryOf(t, { acme, gone }, http);
  before.start();
  await only(before).keys.refresh('one');
  await only(before, 'gone').keys.refresh('one');

  const stricter = { ...acme, algorithms: ['ES256'] } as const;
  const same = registryOf(t, { acme, gone }, http, before);
  assert.equal(only(same), only(before));
  const after = registryOf(t, { acme: stricter }, http, same);
  same.start();
  after.start();
  assert.notEqual(only(after), only(before));
  assert.deepEqual(only(after).expectation.algorithms, ['ES256']);
  assert.equal(only(after).keys.current(), only(before).keys.current());

  one.asked.length = 0;
  assert.equal((await only(before, 'gone').keys.refresh('two'))?.keys.length, 1);
  assert.deepEqual(one.asked, [], 'what is gone does not fetch any more');
  before.stop();
  same.stop();
  assert.equal((await only(after).keys.refresh('two'))?.keys.length, 1);
  assert.deepEqual(one.asked, ['/keys'], 'what was taken over does');
});

test('another HTTP client makes everything new', (t) => {
  const acme = { preset: 'oidc', issuer: 'https://id.example' } as const;
  const before = registryOf(t, { acme });
  const after = registryOf(t, { acme }, httpClient(t), before);
  assert.notEqual(only(after), only(before));
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { presetNames } from '../../src/issuers/index.ts';
import type { Neighbour } from './a-neighbour.ts';
import { anUpstream, type Upstream } from './an-upstream.ts';
import { type AssembledGatehouse, assembleGatehouse } from './assembled-gatehouse.ts';
import type { Ports } from './free-ports.ts';
import { demands, facts, type Method, methods } from './one-policy/facts.ts';
import { providerCases } from './one-policy/provider-cases.ts';
import { jwtOf, opaqueOf, theProviders } from './one-policy/providers.ts';

const names = Object.keys(providerCases);
let providers: Neighbour;
let upstream: Upstream;
let house: AssembledGatehouse;

before(async () => {
  [providers, upstream] = await Promise.all([theProviders(), anUpstream()]);
  house = await assembleGatehouse(configOn);
});

after(async () => {
  await house?.remove();
  await Promise.all([providers, upstream].map((neighbour) => neighbour?.close()));
});

function configOn(ports: Ports): string {
  const rules = Object.entries(demands).map(([method, demand]) => `      - { methods: [${method}], ${demand} }`);
  const clients = names.map((name) => `{ issuer: ${name}, client: ${facts.client} }`);
  return [
    `gateway: { listen: 127.0.0.1:${ports.gateway} }`,
    `admin: { listen: 127.0.0.1:${ports.admin} }`,
    'issuers:',
    ...names.map((name) => `  ${name}: ${issuer(name)}`),
    `consumers: { web: { clients: [${clients.join(', ')}] } }`,
    'apis:',
    ...names.flatMap((name) => api(name, [name], rules)),
    // Names of clients and subjects mean nothing where several issuers are accepted.
    ...api(
      'all',
      names,
      rules.filter((rule) => !/clients:|subjects:/.test(rule)),
    ),
  ].join('\n');
}

function issuer(name: string): string {
  const { preset, issuer: identifier, settings, opaque } = providerCases[name] ?? assert.fail(name);
  const members = [`preset: ${preset}`, `issuer: '${identifier}'`, `jwksUri: ${providers.url}/${name}/jwks`];
  if (settings !== undefined) members.push(settings);
  if (opaque !== undefined) {
    const client = preset === 'google' ? '' : ', client: { id: gate, secret: of the gate }';
    members.push(`introspection: { endpoint: ${providers.url}/${name}/introspect${client} }`);
    members.push(`opaque: { prefixes: ['${opaque.prefix}'] }`);
  }
  return `{ ${members.join(', ')} }`;
}

function api(name: string, accept: readonly string[], rules: readonly string[]): readonly string[] {
  return [
    `  ${name}:`,
    `    audience: ${facts.audience}`,
    `    route: { path: /${name} }`,
    `    upstream: ${upstream.url}`,
    `    accept: [${accept.join(', ')}]`,
    '    forward: { identity: headers }',
    '    rules:',
    ...rules,
  ];
}

/** What the gateway answers to each method: 200, or the code of the refusal. */
async function answers(path: string, token: string, asked: readonly Method[]): Promise<Record<string, unknown>> {
  const each = asked.map(async (method) => {
    const response = await fetch(house.gateway + path, { method, headers: { authorization: `Bearer ${token}` } });
    const { code } = (await response.json()) as { code?: string };
    return [method, code ?? response.status] as const;
  });
  return Object.fromEntries(await Promise.all(each));
}

function expected(asked: readonly Method[], lacks: Partial<Record<Method, string>> = {}): Record<string, unknown> {
  return Object.fromEntries(asked.map((method) => [method, lacks[method] ?? 200]));
}

test('every preset is in the table', () => {
  assert.deepEqual(
    Object.values(providerCases)
      .map(({ preset }) => preset)
      .toSorted(),
    presetNames.toSorted(),
  );
});

const ofAnyIssuer = methods.filter((method) => method !== 'POST' && method !== 'DELETE');

for (const [name, { jwt, opaque }] of Object.entries(providerCases)) {
  const token = jwtOf(name);
  if (jwt !== undefined && token !== undefined) {
    test(`the policy understands a JWT of ${name}`, async () => {
      assert.deepEqual(await answers(`/${name}`, token, methods), expected(methods));
      assert.deepEqual(await answers('/all', token, ofAnyIssuer), expected(ofAnyIssuer));
    });
  }
  const handle = opaqueOf(name);
  if (opaque !== undefined && handle !== undefined) {
    test(`the policy understands an opaque token of ${name}`, async () => {
      assert.deepEqual(await answers(`/${name}`, handle, methods), expected(methods, opaque.lacks));
      assert.deepEqual(await answers('/all', handle, ofAnyIssuer), expected(ofAnyIssuer, opaque.lacks));
    });
    test(`an opaque token that ${name} does not know is refused`, async () => {
      assert.deepEqual(await answers(`/${name}`, `${handle}x`, ['GET']), { GET: 'token_inactive' });
    });
  }
}

test('the upstream is told the same of everybody, whoever issued the token', async () => {
  for (const token of names.flatMap((name) => [jwtOf(name) ?? [], opaqueOf(name) ?? []].flat())) {
    const response = await fetch(`${house.gateway}/all`, { headers: { authorization: `Bearer ${token}` } });
    const { headers } = (await response.json()) as { headers: Record<string, string> };
    const told = ['subject', 'client', 'consumer'].map((fact) => headers[`gatehouse-${fact}`]);
    assert.deepEqual(told, [facts.subject, facts.client, 'web']);
  }
});

/** Another person, with other rights, by way of the same client. */
function somebodyElse(claims: string): string {
  const { subject, scope, role, group } = facts;
  return [subject, scope, role, group].reduce((text, fact) => text.replaceAll(fact, `other-${fact}`), claims);
}

const refusals = {
  GET: 'scope_insufficient',
  PUT: 'role_missing',
  PATCH: 'group_missing',
  DELETE: 'caller_not_allowed',
  SEARCH: 'condition_false',
};

test('what the rules demand and a token does not say is refused, whoever issued it', async () => {
  for (const name of names) {
    const token = jwtOf(name, somebodyElse);
    if (token === undefined) continue;
    assert.deepEqual(await answers(`/${name}`, token, methods), expected(methods, refusals), name);
  }
});

test('no API takes a token of an issuer that it does not accept', async () => {
  for (const name of names) {
    const token = jwtOf(name);
    if (token === undefined) continue;
    for (const other of names.filter((one) => one !== name)) {
      assert.deepEqual(
        await answers(`/${other}`, token, ['GET']),
        { GET: 'issuer_not_accepted' },
        `${name} at ${other}`,
      );
    }
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig, renderReport } from '../../config/index.ts';
import { guessPreset } from '../../issuers/guess-preset.ts';
import { type IssuerProposal, proposeIssuer } from '../../issuers/index.ts';
import type { JsonObject } from '../../protocol/claims.ts';
import { issuerBlock } from './issuer-block.ts';

interface Case {
  readonly document: JsonObject;
  /** Where it was found; by default appended to the issuer. */
  readonly at?: string;
  readonly block: string;
}

const tenant = '4c9e1b70-8f25-4a6d-b3e1-90d7c2a5f846';
const login = 'https://login.microsoftonline.com';
const openid = { id_token_signing_alg_values_supported: ['RS256'] };

/** Discovery documents as the providers document them. */
const cases: Readonly<Record<string, Case>> = {
  'Okta, custom authorization server': {
    document: {
      ...openid,
      issuer: 'https://acme.okta.com/oauth2/aus4k2m9xQpLw7Zt5d7',
      jwks_uri: 'https://acme.okta.com/oauth2/aus4k2m9xQpLw7Zt5d7/v1/keys',
    },
    block: `issuers:
  acme:
    preset: okta
    issuer: https://acme.okta.com/oauth2/aus4k2m9xQpLw7Zt5d7`,
  },
  'Okta, org authorization server': {
    document: { ...openid, issuer: 'https://acme.okta.com', jwks_uri: 'https://acme.okta.com/oauth2/v1/keys' },
    block: `issuers:
  acme:
    preset: okta
    issuer: https://acme.okta.com
    introspection: { tokens: all, client: { id: CLIENT_ID, secret: '\${ACME_OKTA_COM_SECRET}' } } # fill in a client that may introspect; its secret comes from the variable ACME_OKTA_COM_SECRET`,
  },
  Auth0: {
    document: {
      ...openid,
      issuer: 'https://acme-eu.eu.auth0.com/',
      jwks_uri: 'https://acme-eu.eu.auth0.com/.well-known/jwks.json',
    },
    block: `issuers:
  acme-eu:
    preset: auth0
    issuer: https://acme-eu.eu.auth0.com/`,
  },
  Cognito: {
    document: {
      ...openid,
      issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E',
      jwks_uri: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E/.well-known/jwks.json',
    },
    block: `issuers:
  cognito:
    preset: cognito
    issuer: https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E
    clients: [APP_CLIENT_ID] # fill in the app clients that may call: tokens have no aud`,
  },
  'AD FS': {
    document: {
      ...openid,
      issuer: 'https://fs.acme.example/adfs',
      jwks_uri: 'https://fs.acme.example/adfs/discovery/keys',
      access_token_issuer: 'http://fs.acme.example/adfs/services/trust',
    },
    block: `issuers:
  acme:
    preset: adfs
    issuer: https://fs.acme.example/adfs`,
  },
  'AD FS with a Federation Service identifier of its own': {
    document: {
      ...openid,
      issuer: 'https://fs.acme.co.uk/adfs',
      jwks_uri: 'https://fs.acme.co.uk/adfs/discovery/keys',
      access_token_issuer: 'http://sts.acme.co.uk/trust',
    },
    block: `issuers:
  acme:
    preset: adfs
    issuer: https://fs.acme.co.uk/adfs
    acceptedIssuers: [http://sts.acme.co.uk/trust] # what access tokens carry, by access_token_issuer`,
  },
  'Entra ID, version 1.0': {
    document: {
      ...openid,
      issuer: `https://sts.windows.net/${tenant}/`,
      jwks_uri: `${login}/common/discovery/keys`,
      tenant_region_scope: 'EU',
    },
    at: `${login}/${tenant}/.well-known/openid-configuration`,
    block: `issuers:
  entra:
    preset: entra-v1
    issuer: https://sts.windows.net/${tenant}/`,
  },
  'Entra ID, version 2.0': {
    document: {
      ...openid,
      issuer: `${login}/${tenant}/v2.0`,
      jwks_uri: `${login}/${tenant}/discovery/v2.0/keys`,
      tenant_region_scope: 'EU',
    },
    block: `issuers:
  entra:
    preset: entra-v2
    issuer: ${login}/${tenant}/v2.0`,
  },
  'Entra ID, several tenants': {
    document: {
      ...openid,
      issuer: `${login}/{tenantid}/v2.0`,
      jwks_uri: `${login}/common/discovery/v2.0/keys`,
      tenant_region_scope: null,
    },
    at: `${login}/organizations/v2.0/.well-known/openid-configuration`,
    block: `issuers:
  entra:
    preset: entra-v2
    issuer: "${login}/{tenantid}/v2.0"
    tenants: ["00000000-0000-0000-0000-000000000000"] # fill in the tenants that are accepted, for {tenantid}`,
  },
  'Entra ID with signing keys of an application': {
    document: {
      ...openid,
      issuer: `${login}/${tenant}/v2.0`,
      jwks_uri: `${login}/${tenant}/discovery/v2.0/keys?appid=7`,
      tenant_region_scope: 'EU',
    },
    at: `${login}/${tenant}/v2.0/.well-known/openid-configuration?appid=7`,
    block: `issuers:
  entra:
    preset: entra-v2
    issuer: ${login}/${tenant}/v2.0
    discovery: "${login}/${tenant}/v2.0/.well-known/openid-configuration?appid=7" # not where the issuer says that it is`,
  },
  PingFederate: {
    document: {
      ...openid,
      issuer: 'https://sso.acme.example:9031',
      jwks_uri: 'https://sso.acme.example:9031/pf/JWKS',
      token_endpoint: 'https://sso.acme.example:9031/as/token.oauth2',
    },
    block: `issuers:
  acme:
    preset: pingfederate
    issuer: https://sso.acme.example:9031`,
  },
  PingOne: {
    document: {
      ...openid,
      issuer: 'https://auth.pingone.eu/2d7c9a41-e80f-4b35-a6d2-71f3c5b09e84/as',
      jwks_uri: 'https://auth.pingone.eu/2d7c9a41-e80f-4b35-a6d2-71f3c5b09e84/as/jwks',
    },
    block: `issuers:
  pingone:
    preset: pingone
    issuer: https://auth.pingone.eu/2d7c9a41-e80f-4b35-a6d2-71f3c5b09e84/as`,
  },
  Google: {
    document: {
      ...openid,
      issuer: 'https://accounts.google.com',
      jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
    },
    block: `issuers:
  google:
    preset: google
    issuer: https://accounts.google.com
    clients: [CLIENT_ID.apps.googleusercontent.com] # fill in your own: they are the whole protection, since any Google app has tokens
    introspection: { authentication: none } # its access tokens are opaque
    opaque: { prefixes: ["ya29."] }`,
  },
  Keycloak: {
    document: {
      ...openid,
      issuer: 'https://id.acme.example/realms/Acme%20Staff',
      jwks_uri: 'https://id.acme.example/realms/Acme%20Staff/protocol/openid-connect/certs',
    },
    block: `issuers:
  acme-20staff:
    preset: keycloak
    issuer: "https://id.acme.example/realms/Acme%20Staff"`,
  },
  'an OpenID provider': {
    document: { ...openid, issuer: 'https://login.acme.example', jwks_uri: 'https://login.acme.example/jwks' },
    block: `issuers:
  acme:
    preset: oidc
    issuer: https://login.acme.example`,
  },
  'an OAuth server whose metadata are inserted into its path': {
    document: { issuer: 'https://login.acme.example/a', jwks_uri: 'https://login.acme.example/a/jwks' },
    at: 'https://login.acme.example/.well-known/oauth-authorization-server/a',
    block: `issuers:
  acme:
    preset: oauth
    issuer: https://login.acme.example/a`,
  },
  'an OAuth server without keys': {
    document: { issuer: 'https://login.acme.example', introspection_endpoint: 'https://login.acme.example/introspect' },
    block: `issuers:
  acme:
    preset: oauth
    issuer: https://login.acme.example
    introspection: { endpoint: https://login.acme.example/introspect, tokens: all, client: { id: CLIENT_ID, secret: '\${LOGIN_ACME_EXAMPLE_SECRET}' } } # fill in a client that may introspect; its secret comes from the variable LOGIN_ACME_EXAMPLE_SECRET`,
  },
  'a document that is elsewhere': {
    document: { ...openid, issuer: 'https://login.acme.example', jwks_uri: 'https://login.acme.example/jwks' },
    at: 'https://internal.acme.example/.well-known/openid-configuration',
    block: `issuers:
  acme:
    preset: oidc
    issuer: https://login.acme.example
    discovery: https://internal.acme.example/.well-known/openid-configuration # not where the issuer says that it is`,
  },
};

function propose({ document, at }: Omit<Case, 'block'>, taken: readonly string[] = []): IssuerProposal | string {
  const issuer = String(document['issuer']);
  const documentUrl = at ?? `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const proposed = proposeIssuer({ document, documentUrl, guess: guessPreset(document), keys: undefined }, taken);
  return proposed.ok ? proposed.proposal : proposed.notice.code;
}

/** What `gatehouse check` says of a configuration with the block and an API that takes its tokens. */
function check(block: string, name: string): string {
  const text = `${block}
store: sqlite:./x.db
apis:
  orders: { audience: a, route: { path: /orders }, upstream: http://127.0.0.1:9000, accept: [${name}], rules: [{ scopes: [a] }], forward: { identity: headers } }
`;
  const variables = Object.fromEntries([...block.matchAll(/\$\{(\w+)\}/g)].map(([, variable]) => [variable, 's3cret']));
  const outcome = parseConfig(text, { path: 'gatehouse.yaml', env: variables });
  return outcome.ok ? 'accepted' : renderReport(outcome.faults, []);
}

for (const [name, { block, ...found }] of Object.entries(cases)) {
  test(`the block for ${name} is as it should be, and passes the check`, () => {
    const proposal = propose(found);
    assert.ok(typeof proposal === 'object', String(proposal));
    assert.equal(issuerBlock(proposal), block);
    assert.equal(check(block, proposal.name), 'accepted');
  });
}

test('a name that is taken is not given again', () => {
  const document = { issuer: 'https://login.acme.example', jwks_uri: 'https://login.acme.example/jwks' };
  const named = (taken: readonly string[]) => (propose({ document }, taken) as IssuerProposal).name;
  assert.equal(named(['acme']), 'acme-2');
  assert.equal(named(['acme', 'acme-2']), 'acme-3');
  const own = { ...document, issuer: 'https://login.provider.example' };
  assert.equal((propose({ document: own }) as IssuerProposal).name, 'provider-2');
});

test('what a document holds is never read as YAML or as a variable', () => {
  const issuer = `https://a.example/{x:1}#\${HOME}"'&*!|>%@,[]`;
  const proposal = propose({ document: { issuer: `https://a.example/\${HOME}`, jwks_uri: 'https://a.example' } });
  assert.ok(typeof proposal === 'object');
  const value = proposal.settings.map((setting) =>
    setting.name === 'issuer' ? { ...setting, value: issuer } : setting,
  );
  const block = issuerBlock({ ...proposal, settings: value });
  const outcome = parseConfig(block, { path: 'x', env: { HOME: '/root' } });
  assert.ok(!JSON.stringify(outcome).includes('/root'));
  assert.equal(check(issuerBlock(proposal), proposal.name), 'accepted');
});

test('an issuer that calls itself by http, or by what no URL has, is not proposed', () => {
  assert.equal(propose({ document: { issuer: 'http://id.acme.example' } }), 'issuer_not_https');
  for (const issuer of [
    'https://id.example/\u001b[2J',
    'https://id.example/\u202egnp',
    'https://id.example/a b',
    '',
    'https://ид.example',
  ]) {
    assert.equal(propose({ document: { issuer } }), 'issuer_unwritable', issuer);
  }
  const access_token_issuer = 'http://x/\nissuers: {}';
  const document = { issuer: 'https://fs.example/adfs', access_token_issuer };
  assert.equal(propose({ document }), 'issuer_unwritable');
});

import type { JsonObject } from '../../protocol/claims.ts';
import { templateOf } from '../expand-tenants.ts';
import { textOf } from '../json-shape.ts';
import type { PresetName } from '../preset.ts';
import { presets } from '../presets.ts';
import { tenantPlace } from '../tenant.ts';
import type { ProposedSetting, ProposedValue } from './proposal.ts';

interface Advice {
  /** By what the preset was recognised. */
  readonly because: string;
  /** What the issuer needs besides preset and issuer. */
  settings?(issuer: string, document: JsonObject, documentUrl: string): readonly ProposedSetting[];
  readonly remarks?: readonly string[];
}

/** Microsoft's tenant of personal accounts. */
const personalAccounts = '9188040d-6c67-4c5b-b112-36a304b66dad';

const entraRemarks = [
  'Which version the tokens have, the registration of the API says: accessTokenAcceptedVersion null or 1 needs',
  'entra-v1, 2 needs entra-v2, whichever endpoint the clients use.',
];

const byProvider: Readonly<Record<PresetName, Advice>> = {
  okta: {
    because: 'its key set is at /v1/keys',
    settings: (issuer) => (presets.okta.refusal?.(issuer) === undefined ? [] : [introspection(issuer, 'all')]),
  },
  auth0: {
    because: 'its key set is at /.well-known/jwks.json below an issuer that ends in a slash',
    remarks: [
      'Clients must ask for an audience: without one Auth0 issues opaque tokens that only its own userinfo takes.',
    ],
  },
  cognito: {
    because: 'its host is the one of user pools',
    settings: () => [
      {
        name: 'clients',
        value: ['APP_CLIENT_ID'],
        comment: 'fill in the app clients that may call: tokens have no aud',
      },
    ],
  },
  adfs: {
    because: 'its document has access_token_issuer',
    settings: (issuer, document) => federationService(issuer, textOf(document, 'access_token_issuer')),
  },
  'entra-v1': {
    because: 'its document has tenant_region_scope, and the issuer is of version 1.0',
    settings: (issuer, _, documentUrl) => tenants(issuer, documentUrl),
    remarks: entraRemarks,
  },
  'entra-v2': {
    because: 'its document has tenant_region_scope, and the issuer is of version 2.0',
    settings: (issuer, _, documentUrl) => tenants(issuer, documentUrl),
    remarks: entraRemarks,
  },
  pingfederate: {
    because: 'its token endpoint is /as/token.oauth2',
    remarks: [
      'An access token manager with a JWKS endpoint path of its own needs it: jwksUri: https://HOST:9031/ext/PATH',
      'Where its "Audience Claim Value" is empty: clients: [CLIENT_ID], and "Issuer Claim Value" must be filled in.',
    ],
  },
  pingone: { because: 'its issuer is one of auth.pingone' },
  google: {
    because: 'its issuer is https://accounts.google.com',
    settings: () => [
      {
        name: 'clients',
        value: ['CLIENT_ID.apps.googleusercontent.com'],
        comment: 'fill in your own: they are the whole protection, since any Google app has tokens',
      },
      { name: 'introspection', value: members({ authentication: 'none' }), comment: 'its access tokens are opaque' },
      { name: 'opaque', value: members({ prefixes: ['ya29.'] }) },
    ],
  },
  keycloak: {
    because: 'its key set is at /protocol/openid-connect/certs',
    remarks: ['Clients need an audience mapper that puts the API into aud; Keycloak does not do so by itself.'],
  },
  oidc: { because: 'its document is one of an OpenID provider that no other preset knows', settings: withoutKeys },
  oauth: { because: 'no other preset knows its document', settings: withoutKeys },
};

export function adviceFor(preset: PresetName): Advice {
  return byProvider[preset];
}

function federationService(issuer: string, carried: string): readonly ProposedSetting[] {
  const known = presets.adfs.acceptedIssuers?.(issuer) ?? [];
  if (carried === '' || known.includes(carried)) return [];
  return [{ name: 'acceptedIssuers', value: [carried], comment: 'what access tokens carry, by access_token_issuer' }];
}

function tenants(issuer: string, documentUrl: string): readonly ProposedSetting[] {
  if (templateOf(issuer) === undefined) return [];
  if (documentUrl.includes('/consumers/')) {
    return [{ name: 'tenants', value: [personalAccounts], comment: 'personal Microsoft accounts' }];
  }
  const nobody = '00000000-0000-0000-0000-000000000000';
  return [{ name: 'tenants', value: [nobody], comment: `fill in the tenants that are accepted, for ${tenantPlace}` }];
}

/** An issuer that publishes no keys can only be asked. */
function withoutKeys(issuer: string, document: JsonObject): readonly ProposedSetting[] {
  const endpoint = textOf(document, 'introspection_endpoint');
  if (textOf(document, 'jwks_uri') !== '' || endpoint === '') return [];
  return [introspection(issuer, 'all', endpoint)];
}

function introspection(issuer: string, tokens: 'all' | 'opaque', endpoint?: string): ProposedSetting {
  const host = URL.parse(issuer)?.hostname ?? 'issuer';
  const variable = `${host.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()}_SECRET`.replace(/^(?=\d)/, '_');
  const client = members({ id: 'CLIENT_ID', secret: { variable } });
  const value = members({ ...(endpoint === undefined ? {} : { endpoint }), tokens, client });
  const comment = `fill in a client that may introspect; its secret comes from the variable ${variable}`;
  return { name: 'introspection', value, comment };
}

function members(named: Readonly<Record<string, ProposedValue>>): ProposedValue {
  return { members: named };
}

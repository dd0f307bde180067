import type { Client, Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { clientMetadata, registeredMember } from '../client-metadata.ts';
import type { LoadedKey } from '../loaded-key.ts';
import { renderError, renderLogout, renderSignedOut } from '../pages/library-pages.ts';
import type { Services } from '../services.ts';
import { extraTokenClaims, oidcAccount } from './account-claims.ts';
import { adapters } from './adapters.ts';
import { authorizePath } from './artifact-payload.ts';
import { checkClientAssertion } from './check-client-assertion.ts';
import { ttlOf } from './lifetimes.ts';
import { oidcClaims, oidcScopes } from './oidc-claims.ts';
import { resourceIndicators } from './resources.ts';
import { rotateRefreshToken } from './rotate-refresh-token.ts';

/** What the library is told. Everything that it has a default for and that bears on safety is written out. */
export function configuration(services: Services, keys: readonly LoadedKey[], current: LoadedKey): Configuration {
  const { accounts, clients, clock, cookieSecret, exchange, lifetimes } = services;
  const cookie = { signed: true, httpOnly: true, sameSite: 'lax' } as const;
  return {
    adapter: adapters(services, current.algorithm),
    // They are made once. Those that the adapter finds are compared with what they were, each time.
    clients: clients.configured.map((client) => clientMetadata(client, current.algorithm, exchange.offered)),
    jwks: { keys: keys.map((key) => ({ ...key.privateKey, kid: key.id, alg: key.algorithm, use: 'sig' })) },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    assertJwtClientAuthClaimsAndHeader: checkClientAssertion(clock),
    extraClientMetadata: { properties: [registeredMember] },
    responseTypes: ['code'],
    // OAuth 2.1 and RFC 9700 section 2.1.1: for every client, and the library knows only S256.
    pkce: { required: () => true },
    // RFC 9700 section 2.1: "exact string matching"; a redirect URI that is left out matches nothing.
    allowOmittingSingleRegisteredRedirectUri: false,
    rotateRefreshToken,
    issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
    // Without offline_access, what was granted ends when the person signs out.
    expiresWithSession: (_, { scopes }) => !scopes.has('offline_access'),
    revokeGrantPolicy: () => true,
    clockTolerance: 5,
    scopes: [...oidcScopes],
    claims: { ...oidcClaims, openid: signInClaims, auth_time: null, iss: null, sid: null },
    findAccount: async (_, subject) => {
      const account = await accounts.find(subject);
      return account === undefined ? undefined : oidcAccount(account);
    },
    extraTokenClaims: extraTokenClaims(services),
    cookies: {
      names: { session: 'gatehouse_session', interaction: 'gatehouse_interaction', resume: 'gatehouse_resume' },
      keys: [cookieSecret],
      long: cookie,
      short: cookie,
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    ttl: ttlOf(lifetimes),
    routes,
    discovery,
    features: features(services, current),
    clientBasedCORS,
    renderError,
    fetch: () => Promise.reject(new TypeError('The provider fetches nothing.')),
    enabledJWA,
  };
}

/** How someone has signed in stands in every ID token, as far as it is known. */
const signInClaims = [...oidcClaims.openid, 'acr', 'amr'];

const routes = {
  authorization: authorizePath,
  token: '/token',
  introspection: '/introspect',
  revocation: '/revoke',
  jwks: '/jwks',
  pushed_authorization_request: '/par',
  userinfo: '/userinfo',
  end_session: '/logout',
};

const confidentialMethods = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];

/** What is ours and the library does not know of (RFC 8414 section 2, RFC 9701 section 7). */
const discovery = {
  introspection_endpoint_auth_methods_supported: confidentialMethods,
  introspection_signing_alg_values_supported: ['ES256', 'EdDSA', 'RS256'],
  revocation_endpoint_auth_methods_supported: [...confidentialMethods, 'none'],
};

const asymmetric = ['ES256', 'EdDSA', 'Ed25519', 'PS256', 'RS256'] as const;

const enabledJWA = { clientAuthSigningAlgValues: [...asymmetric], idTokenSigningAlgValues: [...asymmetric] };

function features({ apis }: Services, current: LoadedKey): NonNullable<Configuration['features']> {
  return {
    clientCredentials: { enabled: true },
    // Answered by us, for both kinds of token: see answer-endpoints.ts. The library authenticates the client.
    introspection: { enabled: true, allowedPolicy: () => false },
    revocation: { enabled: true, allowedPolicy: () => false },
    pushedAuthorizationRequests: { enabled: true },
    resourceIndicators: resourceIndicators(apis, current),
    rpInitiatedLogout: { enabled: true, logoutSource: renderLogout, postLogoutSuccessSource: renderSignedOut },
    userinfo: { enabled: true },
    devInteractions: { enabled: false },
    // A token bound to a key would be refused by gateways that cannot see its proof.
    dPoP: { enabled: false },
  };
}

/** A script of a public client may call from where its users are sent back to. */
function clientBasedCORS(_: KoaContextWithOIDC, origin: string, client: Client): boolean {
  if (client.clientAuthMethod !== 'none') return false;
  return (client.redirectUris ?? []).some((uri) => origin !== 'null' && URL.parse(uri)?.origin === origin);
}

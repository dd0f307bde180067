import type { OpaqueSource } from '../access/index.ts';
import { createLocalIssuer, type Issuer } from '../issuers/index.ts';
import { createStoreVerifier, type TokenStore } from '../opaque/index.ts';
import type { Provider } from '../provider/index.ts';

/** The name of our own provider in `accept` lists. */
const name = 'provider';

/** 30 days, the longest `apis.*.tokens.ttl` that the configuration takes: one that is shortened makes no token bad. */
const longestTtlSeconds = 30 * 24 * 60 * 60;

/** Our own provider as an issuer: JWTs by its keys, opaque tokens by its store; no request leaves the process. */
export interface OwnIssuer {
  readonly issuer: Issuer;
  readonly opaque: OpaqueSource;
}

export function ownIssuer(provider: Provider, store: TokenStore): OwnIssuer {
  const issuer = createLocalIssuer({
    name,
    issuer: provider.issuer,
    algorithms: ['ES256', 'EdDSA', 'RS256'],
    maxLifetimeSeconds: Math.max(longestTtlSeconds, provider.longestLifetime),
    jwks: () => provider.jwks(),
  });
  const verifier = createStoreVerifier({ store, issuerName: name, issuer: provider.issuer });
  return Object.freeze({ issuer, opaque: { verifier, issuer, isOurs: true } });
}

import { type AlgorithmName, importKeySet, type KeySet } from '../tokens/index.ts';
import type { Issuer } from './issuer.ts';
import type { KeySource } from './key-source.ts';
import { keyFacts } from './keys-health.ts';
import { readPrincipal } from './read-principal.ts';
import { standardPlaces } from './standard-places.ts';
import { unusedKeySource } from './unused-key-source.ts';

export interface LocalIssuerOptions {
  /** The name in the configuration's `accept` lists. */
  readonly name: string;
  readonly issuer: string;
  readonly algorithms: readonly AlgorithmName[];
  /** Seconds that no token of ours outlives: for how long a revocation must be kept. */
  readonly maxLifetimeSeconds: number;
  /** The public JWK Set as it is now; a new object, whenever it has changed. Asked for every token. */
  jwks(): object;
}

/** Our own provider as an issuer: its keys are at hand, its tokens are RFC 9068 to the letter. */
export function createLocalIssuer(options: LocalIssuerOptions): Issuer {
  const { name, issuer: identifier, algorithms } = options;
  const rules = {
    name,
    identifier,
    places: standardPlaces,
    demands: ['subject', 'client'],
    clients: undefined,
    audienceFromClient: false,
  } as const;
  return Object.freeze({
    name,
    identifier,
    expectation: Object.freeze({
      issuers: [identifier],
      algorithms,
      types: ['at+jwt'],
      required: ['sub', 'client_id', 'aud', 'iat', 'jti'],
      leewaySeconds: 5,
      maxLifetimeSeconds: options.maxLifetimeSeconds,
      equals: {},
    }),
    keys: localKeySource(options),
    decryptionKeys: [],
    refusal: undefined,
    clientStandsIn: () => false,
    principalOf: (token) => readPrincipal(token, rules),
  } satisfies Issuer);
}

function localKeySource({ jwks }: LocalIssuerOptions): KeySource {
  let imported: { readonly jwks: object; readonly keySet: KeySet } | undefined;
  const current = (): KeySet => {
    const published = jwks();
    if (imported?.jwks !== published) imported = { jwks: published, keySet: importKeySet(published).keySet };
    return imported.keySet;
  };
  return Object.freeze({
    current,
    refresh: () => Promise.resolve(current()),
    health: () => ({ ...unusedKeySource.health(), state: 'fresh' as const, keys: current().keys.map(keyFacts) }),
  });
}

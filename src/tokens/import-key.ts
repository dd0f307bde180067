import { algorithms } from './algorithms.ts';
import { importMaterial, type Jwk } from './key-material.ts';
import type { KeyMaterial, SkipReason, VerificationKey } from './verification-key.ts';

/**
 * Imports one JWK (RFC 7517 section 4) of a published key set. A key with a private member is skipped: whoever reads
 * the set could sign with it, so what it verifies proves nothing.
 */
export function importKey(value: unknown): VerificationKey | SkipReason {
  const jwk = readJwk(value);
  if (jwk === undefined) return 'not_an_object';
  return privateMembers.some((member) => member in jwk) ? 'private' : importPublicMembers(jwk);
}

/** RFC 7518 sections 6.2.2 and 6.3.2, RFC 8037 section 2. `k` of a symmetric key is judged by its `kty`. */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth'] as const;

/** Imports the public members of a JWK that the caller vouches for, whatever else is in it. */
export function importPublicHalf(value: unknown): VerificationKey | SkipReason {
  const jwk = readJwk(value);
  return jwk === undefined ? 'not_an_object' : importPublicMembers(jwk);
}

/** A member that is null says nothing: some issuers write down all that a key could have. */
function readJwk(value: unknown): Jwk | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

function importPublicMembers(jwk: Jwk): VerificationKey | SkipReason {
  const fault = checkPurpose(jwk);
  if (fault !== undefined) return fault;
  const material = importMaterial(jwk);
  return typeof material === 'string' ? material : withPurpose(jwk, material);
}

/** RFC 7517 sections 4.2, 4.3 and 4.5 */
function checkPurpose({ kid, use, key_ops: operations }: Jwk): SkipReason | undefined {
  if (kid !== undefined && typeof kid !== 'string') return 'malformed';
  if (use !== undefined && use !== 'sig') return 'not_for_signatures';
  if (operations === undefined) return undefined;
  if (!Array.isArray(operations)) return 'malformed';
  return operations.includes('verify') ? undefined : 'not_for_signatures';
}

/** A key without `alg` may verify by every algorithm of its type and curve; which one, the issuer's allow-list says. */
function withPurpose(jwk: Jwk, material: KeyMaterial): VerificationKey | SkipReason {
  const { kid, alg } = jwk;
  const fitting = algorithms.filter(
    ({ name, keyType, curve }) =>
      keyType === material.type && curve === material.curve && (alg === undefined || alg === name),
  );
  if (fitting.length === 0) return 'algorithm_unsupported';
  return Object.freeze({
    ...material,
    id: typeof kid === 'string' ? kid : undefined,
    algorithms: Object.freeze(fitting),
    thumbprints: Object.freeze([jwk['x5t#S256'], jwk['x5t']].filter((value) => typeof value === 'string')),
  });
}

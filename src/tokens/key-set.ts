import { importKey } from './import-key.ts';
import type { SkipReason, VerificationKey } from './verification-key.ts';

/** The keys of an issuer, at one moment. Immutable: a refresh makes another. */
export interface KeySet {
  readonly keys: readonly VerificationKey[];
  /** Several keys may share a `kid` (RFC 7517 section 4.5). */
  byId(kid: string): readonly VerificationKey[];
  /** By `x5t#S256` or `x5t`. */
  byThumbprint(thumbprint: string): readonly VerificationKey[];
}

export interface SkippedKey {
  /** Position in the `keys` of the set. */
  readonly index: number;
  readonly kid: string | undefined;
  readonly reason: SkipReason;
}

/** What was given is no JWK Set at all (RFC 7517 section 5). */
export class KeySetMalformed extends Error {
  override readonly name = 'KeySetMalformed';
}

/** No known issuer publishes a tenth of that; more would cost memory and time at each refresh. */
const maxKeys = 1000;

/**
 * Imports a JWK Set. One bad key never spoils the rest: it is skipped and reported (RFC 7517 section 5 asks to ignore
 * keys that are not understood or have values out of range). Of more than 1000 keys the first 1000 count.
 *
 * @throws KeySetMalformed where it is no object with an array `keys`
 */
export function importKeySet(jwks: unknown): { readonly keySet: KeySet; readonly skipped: readonly SkippedKey[] } {
  const jwkList = keysOf(jwks);
  const keys = new Map<string, VerificationKey>();
  const skipped: SkippedKey[] = [];
  for (const [index, jwk] of jwkList.slice(0, maxKeys).entries()) {
    const skip = (reason: SkipReason): number => skipped.push({ index, kid: kidOf(jwk), reason });
    const key = importKey(jwk);
    if (typeof key !== 'object') skip(key);
    else if (keys.has(identityOf(key))) skip('duplicate');
    else keys.set(identityOf(key), key);
  }
  if (jwkList.length > maxKeys) skipped.push({ index: maxKeys, kid: undefined, reason: 'beyond_limit' });
  return { keySet: createKeySet([...keys.values()]), skipped };
}

function keysOf(jwks: unknown): readonly unknown[] {
  const keys = typeof jwks === 'object' && jwks !== null && 'keys' in jwks ? jwks.keys : undefined;
  if (!Array.isArray(keys)) throw new KeySetMalformed('A JWK Set is a JSON object with an array named "keys".');
  return keys;
}

function kidOf(jwk: unknown): string | undefined {
  const kid = typeof jwk === 'object' && jwk !== null && 'kid' in jwk ? jwk.kid : undefined;
  return typeof kid === 'string' ? kid : undefined;
}

/**
 * Copies would only use up the bounded number of keys that are tried for a token. They are looked up and not compared one
 * by one: a thousand keys without `kid` would hold up everybody's requests for a second.
 */
function identityOf({ id, algorithms, publicKey }: VerificationKey): string {
  const bytes = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return JSON.stringify([id, algorithms.map(({ name }) => name), bytes]);
}

export function createKeySet(keys: readonly VerificationKey[]): KeySet {
  const ids = indexBy(keys, (key) => (key.id === undefined ? [] : [key.id]));
  const thumbprints = indexBy(keys, (key) => key.thumbprints);
  return Object.freeze({
    keys: Object.freeze(keys),
    byId: (kid: string) => ids.get(kid) ?? [],
    byThumbprint: (thumbprint: string) => thumbprints.get(thumbprint) ?? [],
  });
}

/** A Map, so that `__proto__` as a `kid` is only a name. */
function indexBy(
  keys: readonly VerificationKey[],
  namesOf: (key: VerificationKey) => readonly string[],
): ReadonlyMap<string, readonly VerificationKey[]> {
  const named = new Map<string, VerificationKey[]>();
  for (const key of keys) {
    for (const name of namesOf(key)) named.set(name, [...(named.get(name) ?? []), key]);
  }
  return named;
}

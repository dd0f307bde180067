import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import { type Algorithm, type AlgorithmName, algorithmNamed } from './algorithms.ts';
import type { JoseHeader } from './header.ts';
import type { KeySet } from './key-set.ts';
import type { VerificationKey } from './verification-key.ts';

export interface ChosenKeys {
  readonly algorithm: Algorithm;
  /** At least one. */
  readonly candidates: readonly VerificationKey[];
}

/** Bounds the work that a token without `kid` can cause. */
const maxCandidates = 8;

/**
 * The check `key`: the algorithm is one that the issuer may use (RFC 8725 section 3.1), and the keys are of the
 * issuer's set and made for it. Nothing in the token adds a key or an algorithm.
 */
export function chooseKeys(header: JoseHeader, allowed: readonly AlgorithmName[], keySet: KeySet): Verdict<ChosenKeys> {
  const algorithm = algorithmNamed(header.alg);
  if (algorithm === undefined || !allowed.includes(algorithm.name)) {
    return refuse(rejection('algorithm_not_allowed', { alg: header.alg, allowed }));
  }
  const named = namedKeys(header, keySet);
  if (named.length === 0) return refuse(rejection('key_unknown', unknownKey(header, keySet)));
  const fitting = named.filter((key) => key.algorithms.includes(algorithm));
  if (fitting.length === 0) return refuse(rejection('key_unfit', { alg: header.alg, keys: named.map(describeKey) }));
  return accept({ algorithm, candidates: fitting.slice(0, maxCandidates) });
}

/**
 * A `kid` is the last word: where it is unknown, no other key is tried. A certificate's thumbprint counts only
 * without it (AD FS sends tokens that have nothing else); a token with neither is tried with every key.
 */
function namedKeys(header: JoseHeader, keySet: KeySet): readonly VerificationKey[] {
  if (header.kid !== undefined) return keySet.byId(header.kid);
  const thumbprints = [header['x5t#S256'], header.x5t].filter((thumbprint) => thumbprint !== undefined);
  if (thumbprints.length === 0) return keySet.keys;
  return thumbprints.map(keySet.byThumbprint).find((keys) => keys.length > 0) ?? [];
}

/** More `kid`s than anybody compares by eye. */
const maxListed = 20;

function unknownKey(header: JoseHeader, { keys }: KeySet): Record<string, unknown> {
  const { kid, x5t, 'x5t#S256': x5tS256 } = header;
  return { kid, x5t, 'x5t#S256': x5tS256, known: keys.slice(0, maxListed).map(({ id }) => id), keys: keys.length };
}

/** What of a key may be told: nothing of it is secret, but its bytes help nobody. */
export function describeKey(key: VerificationKey): Record<string, unknown> {
  const algorithms = key.algorithms.map(({ name }) => name);
  return { kid: key.id, kty: key.type, crv: key.curve, algorithms };
}

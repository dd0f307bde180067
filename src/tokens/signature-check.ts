import { rejection } from '../protocol/rejection.ts';
import { accept, type Rejected, refuse, type Verdict } from '../protocol/verdict.ts';
import type { Witness } from '../protocol/witness.ts';
import type { Algorithm, AlgorithmName } from './algorithms.ts';
import { chooseKeys, describeKey } from './choose-keys.ts';
import type { UnverifiedJws } from './decode.ts';
import type { KeySet } from './key-set.ts';
import type { VerificationKey } from './verification-key.ts';

/** What is left of the check `signature` when all that is cheap has been looked at: arithmetic. */
export interface SignatureCheck {
  readonly jws: UnverifiedJws;
  readonly algorithm: Algorithm;
  /** One of which may have signed; at least one. */
  readonly candidates: readonly VerificationKey[];
}

/**
 * The check `key`, and of the check `signature` the length, which comes first: RFC 8017 section 8.2.2 and RFC 7518 section
 * 3.4 demand it, and no library is asked.
 */
export function prepareSignatureCheck(
  jws: UnverifiedJws,
  algorithms: readonly AlgorithmName[],
  keySet: KeySet,
  witness?: Witness,
): Verdict<SignatureCheck> {
  const chosen = chooseKeys(jws.header, algorithms, keySet);
  if (!chosen.ok) return chosen;
  const { algorithm, candidates } = chosen.value;
  witness?.('key', { alg: algorithm.name, candidates: candidates.map(describeKey) });
  const ofItsLength = candidates.filter(
    ({ modulusLength }) => jws.signature.length === (algorithm.signatureLength ?? modulusLength),
  );
  if (ofItsLength.length === 0) return refuseSignature({ jws, algorithm, candidates });
  return accept({ jws, algorithm, candidates: ofItsLength });
}

export function refuseSignature({ jws, algorithm, candidates }: SignatureCheck): Rejected {
  const tried = candidates.map(({ id }) => id);
  return refuse(rejection('signature_invalid', { alg: algorithm.name, tried, signatureBytes: jws.signature.length }));
}

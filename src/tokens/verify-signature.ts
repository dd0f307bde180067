import { accept, type Verdict } from '../protocol/verdict.ts';
import type { Witness } from '../protocol/witness.ts';
import type { AlgorithmName } from './algorithms.ts';
import { describeKey } from './choose-keys.ts';
import type { UnverifiedJws } from './decode.ts';
import { findSigner } from './find-signer.ts';
import type { KeySet } from './key-set.ts';
import { prepareSignatureCheck } from './signature-check.ts';
import type { VerificationKey } from './verification-key.ts';

/** The checks `key` and `signature`. Says nothing about what was signed, nor for whom. @returns the signer's key */
export function verifySignature(
  jws: UnverifiedJws,
  algorithms: readonly AlgorithmName[],
  keySet: KeySet,
  witness?: Witness,
): Verdict<VerificationKey> {
  const check = prepareSignatureCheck(jws, algorithms, keySet, witness);
  if (!check.ok) return check;
  const signer = findSigner(check.value);
  if (!signer.ok) return signer;
  witness?.('signature', { key: describeKey(signer.value) });
  return accept(signer.value);
}

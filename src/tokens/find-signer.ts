import { accept, type Verdict } from '../protocol/verdict.ts';
import { refuseSignature, type SignatureCheck } from './signature-check.ts';
import type { VerificationKey } from './verification-key.ts';

/** The check `signature`: finds the key among the candidates that made it (RFC 7515 section 5.2, step 8). */
export function findSigner(check: SignatureCheck): Verdict<VerificationKey> {
  const { jws, algorithm, candidates } = check;
  for (const key of candidates) {
    if (algorithm.verify(key.publicKey, jws.signingInput, jws.signature)) return accept(key);
  }
  return refuseSignature(check);
}

import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { ChosenKeys } from './choose-keys.ts';
import type { UnverifiedJws } from './decode.ts';
import type { VerificationKey } from './verification-key.ts';

/** The check `signature`: finds the key among the chosen ones that made it (RFC 7515 section 5.2, step 8). */
export function findSigner(jws: UnverifiedJws, { algorithm, candidates }: ChosenKeys): Verdict<VerificationKey> {
  const { signature, signingInput } = jws;
  for (const key of candidates) {
    // The length comes first: RFC 8017 section 8.2.2 and RFC 7518 section 3.4 demand it, and no library is asked.
    if (signature.length !== (algorithm.signatureLength ?? key.modulusLength)) continue;
    if (algorithm.verify(key.publicKey, signingInput, signature)) return accept(key);
  }
  const tried = candidates.map(({ id }) => id);
  return refuse(rejection('signature_invalid', { alg: algorithm.name, tried, signatureBytes: signature.length }));
}

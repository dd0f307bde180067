import type { EpochMs } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import { markVerified } from '../protocol/mark-verified.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { Witness } from '../protocol/witness.ts';
import { checkClaims } from './check-claims.ts';
import { checkExpiry } from './check-expiry.ts';
import { checkType } from './check-type.ts';
import type { UnverifiedJwt } from './decode.ts';
import { rememberHeader } from './decode-header.ts';
import type { JwtExpectation } from './expectation.ts';
import type { KeySet } from './key-set.ts';
import type { VerificationKey } from './verification-key.ts';
import { verifySignature } from './verify-signature.ts';

/**
 * The checks of a decoded JWT, in order: key, signature, claims, expiry. Reads nothing but its arguments.
 * Whom the token is for and what it allows is asked elsewhere: the audience is a matter of policy.
 */
export function verifyJwt(
  token: UnverifiedJwt,
  expectation: JwtExpectation,
  keySet: KeySet,
  now: EpochMs,
  witness?: Witness,
): Verdict<VerifiedToken> {
  const signer = verifySignature(token.jws, expectation.algorithms, keySet, witness);
  return signer.ok ? judgeSigned(token, signer.value, expectation, now, witness) : signer;
}

/**
 * The checks that follow the signature: claims, expiry.
 *
 * @param signer the key that was found to have signed this very token
 */
export function judgeSigned(
  token: UnverifiedJwt,
  signer: VerificationKey,
  expectation: JwtExpectation,
  now: EpochMs,
  witness?: Witness,
): Verdict<VerifiedToken> {
  const { header, payload: claims, compact } = token;
  rememberHeader(compact, header);
  const unfit = checkType(header, expectation) ?? checkClaims(claims, expectation);
  if (unfit !== undefined) return refuse(unfit);
  witness?.('claims', { typ: header.typ, iss: claims['iss'], names: Object.keys(claims) });

  const untimely = checkExpiry(claims, expectation.leewaySeconds, now);
  if (untimely !== undefined) return refuse(untimely);
  const expiresAt = Number(claims['exp']) * 1000;
  witness?.('expiry', { expiresAt: new Date(expiresAt).toISOString(), secondsLeft: (expiresAt - now) / 1000 });

  const hash = sha256Hex(compact);
  return accept(
    markVerified({ kind: 'jwt', hash, header, claims, keyId: signer.id, expiresAt, freshUntil: undefined }),
  );
}

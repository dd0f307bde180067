import { clockFrom, type EpochMs } from '../base/clock.ts';
import type { Issuer } from '../issuers/index.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { Witness } from '../protocol/witness.ts';
import {
  judgeSigned,
  type KeySet,
  prepareSignatureCheck,
  type UnverifiedJwt,
  type VerificationKey,
  verifyJwt,
} from '../tokens/index.ts';
import { type Authenticated, authenticated, type Outcome } from './authenticated.ts';
import type { ProtectedApi } from './protected-api.ts';
import type { SignatureTurns } from './signature-turns.ts';
import { tellClock } from './tell-clock.ts';

/**
 * Key, signature, claims, expiry. Synchronous unless the issuer's keys have to be fetched, or the signature has to wait for
 * its turn; what follows then is judged as of then.
 *
 * @param turns undefined: the signature is checked at once
 */
export function verifyByKeys(
  api: ProtectedApi,
  jwt: UnverifiedJwt,
  turns: SignatureTurns | undefined,
  now: EpochMs,
  witness?: Witness,
): Outcome {
  const found = issuerOf(jwt, api);
  if (!found.ok) return found;
  const issuer = found.value;
  const attempt: Attempt = { api, jwt, turns, issuer, witness };
  const keySet = issuer.keys.current();
  if (keySet === undefined) return verifyWithFreshKeys(attempt, undefined, now);
  const goOn = (verdict: Verdict<Authenticated>, then: EpochMs): Outcome =>
    !verdict.ok && mayBeOfNewKey(verdict.rejection, jwt)
      ? verifyWithFreshKeys(attempt, { keySet, verdict }, then)
      : verdict;
  const outcome = verifyWith(attempt, keySet, now);
  return outcome instanceof Promise ? whenSettled(outcome, now, goOn) : goOn(outcome, now);
}

interface Attempt {
  readonly api: ProtectedApi;
  readonly jwt: UnverifiedJwt;
  readonly turns: SignatureTurns | undefined;
  readonly issuer: Issuer;
  readonly witness: Witness | undefined;
}

function issuerOf(jwt: UnverifiedJwt, api: ProtectedApi): Verdict<Issuer> {
  const iss = jwt.payload['iss'];
  const issuer = typeof iss === 'string' ? api.issuers.get(iss) : undefined;
  if (issuer?.refusal !== undefined) return refuse(issuer.refusal);
  if (issuer !== undefined) return accept(issuer);
  return refuse(rejection('issuer_not_accepted', { iss: iss ?? null, accepted: [...api.issuers.keys()] }));
}

/** An issuer that rotated its key is told by a `kid` that is not known yet, or, where it sends none, by no key that fits. */
function mayBeOfNewKey({ code }: Rejection, { header }: UnverifiedJwt): boolean {
  return code === 'key_unknown' || (header.kid === undefined && (code === 'signature_invalid' || code === 'key_unfit'));
}

interface Tried {
  readonly keySet: KeySet;
  readonly verdict: Verdict<Authenticated>;
}

function verifyWithFreshKeys(
  attempt: Attempt,
  tried: Tried | undefined,
  now: EpochMs,
): Promise<Verdict<Authenticated>> {
  const { issuer, jwt } = attempt;
  const { kid } = jwt.header;
  return whenSettled(issuer.keys.refresh(kid), now, (keySet, then) => {
    if (keySet === undefined) {
      return refuse(rejection('keys_unavailable', { issuer: issuer.name, kid: kid ?? null }, { retryAfter: 5 }));
    }
    return keySet === tried?.keySet ? tried.verdict : verifyWith(attempt, keySet, then);
  });
}

function verifyWith(attempt: Attempt, keySet: KeySet, now: EpochMs): Outcome {
  const { api, jwt, turns, witness } = attempt;
  const { expectation, keys } = attempt.issuer;
  if (turns === undefined) return identify(attempt, keySet, verifyJwt(jwt, expectation, keySet, now, witness), now);
  const check = prepareSignatureCheck(jwt.jws, expectation.algorithms, keySet);
  if (!check.ok) return check;
  const judge = (signer: Verdict<VerificationKey>, then: EpochMs): Verdict<Authenticated> =>
    signer.ok ? identify(attempt, keySet, judgeSigned(jwt, signer.value, expectation, then), then) : signer;
  const signer = turns.findSigner(jwt.compact, keySet, check.value);
  if (!(signer instanceof Promise)) return judge(signer, now);
  return whenSettled(signer, now, (settled, then) =>
    // Its key may be gone by now. It has had its turn, and does not wait for another one.
    keys.current() === keySet ? judge(settled, then) : verifyByKeys(api, jwt, undefined, then),
  );
}

/** Goes on when that has settled, and tells what time it is then. */
function whenSettled<Value, Result>(
  promise: Promise<Value>,
  now: EpochMs,
  goOn: (value: Value, then: EpochMs) => Result | Promise<Result>,
): Promise<Result> {
  const clock = clockFrom(now);
  return promise.then((value) => goOn(value, clock()));
}

function identify(
  { issuer, api: { consumers }, witness }: Attempt,
  keySet: KeySet,
  token: Verdict<VerifiedToken>,
  now: EpochMs,
): Verdict<Authenticated> {
  if (!token.ok) return witness === undefined ? token : refuse(tellClock(token.rejection, issuer));
  const principal = issuer.principalOf(token.value);
  if (!principal.ok) return principal;
  const { claims: content } = token.value;
  const iss = String(content['iss']);
  // Another key set means that the key may be gone.
  const vouchesFor = (other: ProtectedApi): boolean =>
    issuer.keys.current() === keySet && other.issuers.get(iss) === issuer && !other.introspected.has(iss);
  return accept(authenticated(principal.value, { token: token.value, issuer, consumers, now, vouchesFor, content }));
}

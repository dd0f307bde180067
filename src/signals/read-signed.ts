import type { EpochMs } from '../base/clock.ts';
import type { JsonObject } from '../base/json.ts';
import type { Rejection } from '../protocol/rejection.ts';
import type { Verdict } from '../protocol/verdict.ts';
import { checkExpiry, decodeJwt, type KeySet, type UnverifiedJwt, verifySignature } from '../tokens/index.ts';
import type { Trust } from './receiver.ts';
import { refuseSignal, type SignalRefusal, type SignalVerdict, understood } from './signal-refusal.ts';

/** What a kind of signal demands, besides that its issuer has signed it. */
export interface SignedExpectation {
  /** Accepted `typ`, in lower case without `application/`; undefined: absent. */
  readonly types: readonly (string | undefined)[];
  readonly audiences: readonly string[];
  /** Claims that must be there besides `iss`, `aud`, `iat` and `jti`. */
  readonly required: readonly string[];
  /** Seconds since `iat`; undefined: however old. */
  readonly maxAgeSeconds: number | undefined;
}

/** A claim set that a trusted issuer has signed, for us and of the right kind. */
export interface SignedClaims extends JsonObject {
  readonly iss: string;
  readonly iat: number;
  readonly jti: string;
}

/** Characters: a SET is a few hundred. */
const maxLength = 32 * 1024;

/** A `jti` is remembered by its digest, but logged as it is. */
const longestJti = 512;

/**
 * Structure, decoding, type, issuer, key, signature, claims, times: each signal, of whatever kind, comes through here.
 * No `alg: none`, no symmetric key and no key from the token; those of src/tokens are the rules.
 */
export async function readSigned(
  text: string,
  trust: Trust,
  expected: SignedExpectation,
  now: EpochMs,
): Promise<SignalVerdict<SignedClaims>> {
  const jwt = decodeJwt(text, maxLength);
  if (!jwt.ok) return refusedAs('token_malformed', jwt.rejection);
  const unfit = checkType(jwt.value, expected) ?? checkIssuer(jwt.value, trust);
  if (unfit !== undefined) return { ok: false, refusal: unfit };
  const signed = await checkSignature(jwt.value, trust);
  if (signed !== undefined) return { ok: false, refusal: signed };
  const { payload } = jwt.value;
  const fault = checkClaims(payload, expected) ?? checkTimes(payload, expected, trust, now);
  return fault === undefined ? understood(payload as SignedClaims) : { ok: false, refusal: fault };
}

/** Explicit typing (RFC 8725 section 3.11; RFC 8417 section 2.3): an access token is no signal, nor one another. */
function checkType({ header }: UnverifiedJwt, { types }: SignedExpectation): SignalRefusal | undefined {
  const type = header.typ?.toLowerCase().replace(/^application\//, '');
  return types.includes(type) ? undefined : refusal('type_not_accepted', { typ: header.typ ?? null, accepted: types });
}

function checkIssuer({ payload }: UnverifiedJwt, { issuers }: Trust): SignalRefusal | undefined {
  const { iss } = payload;
  if (typeof iss === 'string' && issuers.includes(iss)) return undefined;
  return refusal('issuer_not_trusted', { iss: iss ?? null, expected: issuers });
}

/** A key that is not known yet is asked for once, as for an access token. */
async function checkSignature(jwt: UnverifiedJwt, trust: Trust): Promise<SignalRefusal | undefined> {
  const check = (keySet: KeySet): Verdict<unknown> => verifySignature(jwt.jws, trust.algorithms, keySet);
  const { kid } = jwt.header;
  const known = trust.keys.current();
  const verdict = known === undefined ? undefined : check(known);
  if (verdict !== undefined && (verdict.ok || !mayBeOfNewKey(verdict.rejection, kid))) return signatureFault(verdict);
  const fresh = await trust.keys.refresh(kid);
  if (fresh === undefined) return { ...refusal('keys_unavailable', { kid: kid ?? null }), retryAfter: 5 };
  return signatureFault(check(fresh));
}

function mayBeOfNewKey({ code }: Rejection, kid: string | undefined): boolean {
  return code === 'key_unknown' || (code === 'signature_invalid' && kid === undefined);
}

function signatureFault(verdict: Verdict<unknown>): SignalRefusal | undefined {
  return verdict.ok ? undefined : refusedAs('signature_invalid', verdict.rejection).refusal;
}

function checkClaims(claims: JsonObject, { audiences, required }: SignedExpectation): SignalRefusal | undefined {
  const missing = ['iat', 'jti', 'aud', ...required].find((claim) => claims[claim] === undefined);
  if (missing !== undefined) return refusal('claim_missing', { claim: missing, present: Object.keys(claims) });
  const { aud, jti } = claims;
  const named = [aud].flat();
  if (!named.some((one) => typeof one === 'string' && audiences.includes(one))) {
    return refusal('audience_mismatch', { aud: aud ?? null, expected: audiences });
  }
  if (typeof jti === 'string' && jti !== '' && jti.length <= longestJti) return undefined;
  return refusal('claim_invalid', { claim: 'jti', expected: `a text of at most ${longestJti} characters` });
}

/** Far in the future: a SET does not expire (RFC 8417 section 2.2). */
const never = 8_640_000_000_000;

function checkTimes(
  { iat, nbf, exp }: JsonObject,
  { maxAgeSeconds }: SignedExpectation,
  { leewaySeconds }: Trust,
  now: EpochMs,
): SignalRefusal | undefined {
  if (typeof iat !== 'number') return refusal('claim_invalid', { claim: 'iat', expected: 'a number of seconds' });
  const untimely = checkExpiry({ iat, nbf, exp: exp ?? never }, leewaySeconds, now);
  if (untimely !== undefined) return refusedAs('untimely', untimely).refusal;
  if (maxAgeSeconds === undefined || now / 1000 <= iat + maxAgeSeconds + leewaySeconds) return undefined;
  return refusal('untimely', { iat, maxAgeSeconds, nowSeconds: now / 1000 });
}

/** What src/tokens says against the token. */
function refusedAs(code: SignalRefusal['code'], { code: check, facts }: Rejection) {
  return refuseSignal(code, { check, ...facts });
}

function refusal(code: SignalRefusal['code'], facts: SignalRefusal['facts']): SignalRefusal {
  return { code, facts };
}

import type { EpochMs, NumericDate } from '../base/clock.ts';
import type { JsonObject } from '../protocol/claims.ts';
import { decodeJwt, type KeySet, type UnverifiedJwt, type VerificationKey, verifySignature } from '../tokens/index.ts';
import type { StatusList } from './status-list.ts';
import { decodeStatusList } from './status-list-encoding.ts';
import { listFailed, type StatusListResult } from './status-list-failure.ts';
import type { StatusSigner } from './status-signer.ts';

/** A list that its issuer vouches for (draft-ietf-oauth-status-list-21 section 5.1). */
export interface VerifiedStatusList {
  readonly list: StatusList;
  /** The key by which it was verified. */
  readonly key: VerificationKey;
  readonly issuedAt: NumericDate;
  /** `exp`; undefined where it has none. */
  readonly expiresAt: NumericDate | undefined;
  /** Seconds; undefined where it has none. */
  readonly ttl: number | undefined;
}

/**
 * Verifies a status list token (section 8.3, steps 3 to 5).
 *
 * @param maxLength characters
 */
export async function verifyStatusList(
  compact: string,
  uri: string,
  signer: StatusSigner,
  maxLength: number,
  now: EpochMs,
): Promise<StatusListResult<VerifiedStatusList>> {
  const jwt = decodeJwt(compact, maxLength);
  if (!jwt.ok) return listFailed('list_not_a_token', { reason: jwt.rejection.code });
  // RFC 8725 section 3.11: what is signed for another purpose, such as an access token, is no list.
  if (typeOf(jwt.value) !== 'statuslist+jwt') return listFailed('list_not_a_token', { typ: jwt.value.header.typ });
  const key = await findKey(jwt.value, signer);
  if (!key.ok) return key;
  const { payload } = jwt.value;
  const fault = claimsFault(payload, uri, signer, now / 1000);
  if (fault !== undefined) return fault;
  const list = await decodeStatusList(payload['status_list']);
  if (!list.ok) return list;
  const { iat, exp, ttl } = payload;
  return {
    ok: true,
    value: { list: list.value, key: key.value, issuedAt: Number(iat), expiresAt: asNumber(exp), ttl: asNumber(ttl) },
  };
}

/** RFC 7515 section 4.1.9: media types compare without case, and `application/` may be left out. */
function typeOf({ header }: UnverifiedJwt): string | undefined {
  return header.typ?.toLowerCase().replace(/^application\//, '');
}

async function findKey(
  jwt: UnverifiedJwt,
  { keys, algorithms }: StatusSigner,
): Promise<StatusListResult<VerificationKey>> {
  const known = keys.current();
  const found = known && verifySignature(jwt.jws, algorithms, known);
  if (found?.ok === true) return found;
  if (found !== undefined && found.rejection.code !== 'key_unknown') return notTrusted(found.rejection.code);
  const fresh: KeySet | undefined = await keys.refresh(jwt.header.kid);
  if (fresh === undefined) return listFailed('list_keys_unavailable', { kid: jwt.header.kid ?? null });
  const verdict = verifySignature(jwt.jws, algorithms, fresh);
  return verdict.ok ? verdict : notTrusted(verdict.rejection.code);
}

function notTrusted(reason: string): Fault {
  return listFailed('list_not_trusted', { reason });
}

type Fault = ReturnType<typeof listFailed>;

/** All claims that there are must hold (section 8.3, step 4), those of RFC 7519 section 4.1 as with every JWT. */
function claimsFault(
  claims: JsonObject,
  uri: string,
  { issuers, leewaySeconds }: StatusSigner,
  nowSeconds: NumericDate,
): Fault | undefined {
  const { iss, sub, ttl } = claims;
  if (sub !== uri) return listFailed('list_of_another_uri', { sub: sub ?? null, uri });
  if (iss !== undefined && !(typeof iss === 'string' && issuers.includes(iss))) return invalid('iss', iss);
  if (ttl !== undefined && !(typeof ttl === 'number' && ttl > 0)) return invalid('ttl', ttl);
  return datesFault(claims, nowSeconds, leewaySeconds);
}

function datesFault({ iat, nbf, exp }: JsonObject, nowSeconds: NumericDate, leewaySeconds: number): Fault | undefined {
  const latest = nowSeconds + leewaySeconds;
  if (!isDate(iat) || iat > latest) return invalid('iat', iat);
  if (nbf !== undefined && !(isDate(nbf) && nbf <= latest)) return invalid('nbf', nbf);
  if (exp === undefined) return undefined;
  if (!isDate(exp)) return invalid('exp', exp);
  return nowSeconds >= exp + leewaySeconds ? listFailed('list_expired', { exp, nowSeconds }) : undefined;
}

function invalid(claim: string, actual: unknown): Fault {
  return listFailed('list_claims_invalid', { claim, actual: actual ?? null });
}

function isDate(value: unknown): value is NumericDate {
  return typeof value === 'number' && value >= 0;
}

function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

import type { EpochMs } from '../base/clock.ts';
import type { Issuer } from '../issuers/index.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { Witness } from '../protocol/witness.ts';
import { decodeJwt, type KeySet, type UnverifiedJwt, verifyJwt } from '../tokens/index.ts';
import { type Authenticated, authenticated } from './authenticated.ts';
import type { ProtectedApi } from './protected-api.ts';

/** Structure, decoding, key, signature, claims, expiry. Synchronous unless the issuer's keys have to be fetched. */
export function authenticateJwt(
  api: ProtectedApi,
  token: string,
  maxLength: number,
  now: EpochMs,
  witness?: Witness,
): Verdict<Authenticated> | Promise<Verdict<Authenticated>> {
  const decoded = decodeJwt(token, maxLength, witness);
  if (!decoded.ok) return decoded;
  const jwt = decoded.value;
  const issuer = issuerOf(jwt, api);
  if (!issuer.ok) return issuer;
  const keySet = issuer.value.keys.current();
  if (keySet === undefined) return verifyWithFreshKeys(jwt, issuer.value, now, witness);
  const verdict = verifyWith(keySet, jwt, issuer.value, now, witness);
  if (!verdict.ok && mayBeOfNewKey(verdict.rejection, jwt)) {
    return verifyWithFreshKeys(jwt, issuer.value, now, witness);
  }
  return verdict;
}

/** An issuer that rotated its key is told by a `kid` that is not known yet, or, where it sends none, by the signature. */
function mayBeOfNewKey({ code }: Rejection, { header }: UnverifiedJwt): boolean {
  return code === 'key_unknown' || (code === 'signature_invalid' && header.kid === undefined);
}

/** The `iss` is not verified yet: it only chooses whose keys decide, among the issuers that this API accepts. */
function issuerOf(jwt: UnverifiedJwt, api: ProtectedApi): Verdict<Issuer> {
  const iss = jwt.payload['iss'];
  const issuer = typeof iss === 'string' ? api.issuers.get(iss) : undefined;
  if (issuer?.refusal !== undefined) return refuse(issuer.refusal);
  if (issuer !== undefined) return accept(issuer);
  return refuse(rejection('issuer_not_accepted', { iss: iss ?? null, accepted: [...api.issuers.keys()] }));
}

async function verifyWithFreshKeys(
  jwt: UnverifiedJwt,
  issuer: Issuer,
  now: EpochMs,
  witness?: Witness,
): Promise<Verdict<Authenticated>> {
  const kid = jwt.header.kid;
  const keySet = await issuer.keys.refresh(kid);
  if (keySet === undefined) {
    return refuse(rejection('keys_unavailable', { issuer: issuer.name, kid: kid ?? null }, { retryAfter: 5 }));
  }
  return verifyWith(keySet, jwt, issuer, now, witness);
}

function verifyWith(
  keySet: KeySet,
  jwt: UnverifiedJwt,
  issuer: Issuer,
  now: EpochMs,
  witness?: Witness,
): Verdict<Authenticated> {
  const verified = verifyJwt(jwt, issuer.expectation, keySet, now, witness);
  if (!verified.ok) return verified;
  return principalOf(verified.value, issuer, keySet, now);
}

function principalOf(token: VerifiedToken, issuer: Issuer, keySet: KeySet, now: EpochMs): Verdict<Authenticated> {
  const principal = issuer.principalOf(token);
  if (!principal.ok) return principal;
  return accept(authenticated(principal.value, { token, issuer, keySet, now }));
}

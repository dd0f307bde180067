import type { EpochMs } from '../base/clock.ts';
import type { Issuer } from '../issuers/index.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { Witness } from '../protocol/witness.ts';
import { type KeySet, type UnverifiedJwt, verifyJwt } from '../tokens/index.ts';
import { type Authenticated, authenticated, type Outcome } from './authenticated.ts';
import type { ProtectedApi } from './protected-api.ts';
import { tellClock } from './tell-clock.ts';

/** Key, signature, claims, expiry. Synchronous unless the issuer's keys have to be fetched. */
export function verifyByKeys(api: ProtectedApi, jwt: UnverifiedJwt, now: EpochMs, witness?: Witness): Outcome {
  const issuer = issuerOf(jwt, api);
  if (!issuer.ok) return issuer;
  const verify = (keySet: KeySet): Verdict<Authenticated> => verifyWith(keySet, jwt, issuer.value, api, now, witness);
  const keySet = issuer.value.keys.current();
  if (keySet === undefined) return verifyWithFreshKeys(jwt, issuer.value, verify);
  const verdict = verify(keySet);
  return !verdict.ok && mayBeOfNewKey(verdict.rejection, jwt)
    ? verifyWithFreshKeys(jwt, issuer.value, verify)
    : verdict;
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

async function verifyWithFreshKeys(
  { header: { kid } }: UnverifiedJwt,
  issuer: Issuer,
  verify: (keySet: KeySet) => Verdict<Authenticated>,
): Promise<Verdict<Authenticated>> {
  const keySet = await issuer.keys.refresh(kid);
  if (keySet !== undefined) return verify(keySet);
  return refuse(rejection('keys_unavailable', { issuer: issuer.name, kid: kid ?? null }, { retryAfter: 5 }));
}

function verifyWith(
  keySet: KeySet,
  jwt: UnverifiedJwt,
  issuer: Issuer,
  { consumers }: ProtectedApi,
  now: EpochMs,
  witness?: Witness,
): Verdict<Authenticated> {
  const token = verifyJwt(jwt, issuer.expectation, keySet, now, witness);
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

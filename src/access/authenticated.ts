import type { EpochMs } from '../base/clock.ts';
import type { Issuer } from '../issuers/index.ts';
import type { OpaqueVerifier } from '../opaque/index.ts';
import type { Principal } from '../protocol/principal.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { RevocationMatch } from '../revocation/index.ts';
import type { KeySet } from '../tokens/index.ts';
import type { Granted } from './decision.ts';
import type { ProtectedApi } from './protected-api.ts';

/**
 * A token that steps 1 to 3 of the journey let pass, with all that this verdict rests on: who vouched for it, by
 * which keys, and for how long. While all of that still stands, the cached verdict equals the cold one.
 */
export interface Authenticated {
  readonly principal: Principal;
  readonly issuer: Issuer;
  /** Who was asked, for an opaque token. */
  readonly verifier: OpaqueVerifier | undefined;
  /** The key set that held the key, for a JWT: another set means that the key may be gone. */
  readonly keySet: KeySet | undefined;
  readonly since: EpochMs;
  /** With leeway: from here on the cold path would refuse. */
  readonly until: EpochMs;
  /** The answer for a request that passes all the rest, made once so that a warm decision allocates nothing. */
  readonly granted: Granted;
  /** The last answer of the revocation index, good for as long as the index has this version. */
  revocation: { version: number; match: RevocationMatch | undefined };
}

export interface Evidence {
  readonly token: VerifiedToken;
  readonly issuer: Issuer;
  readonly verifier?: OpaqueVerifier;
  readonly keySet?: KeySet;
  readonly now: EpochMs;
}

export function authenticated(principal: Principal, evidence: Evidence): Authenticated {
  const { token, issuer, verifier, keySet, now } = evidence;
  return {
    principal,
    issuer,
    verifier,
    keySet,
    since: now,
    until: token.expiresAt + issuer.expectation.leewaySeconds * 1000,
    granted: { granted: true, principal, memo: new Map() },
    revocation: { version: -1, match: undefined },
  };
}

/** Whether the cold path would come to the same verdict now, for this API. */
export function stillStands(entry: Authenticated, api: ProtectedApi, now: EpochMs): boolean {
  if (now < entry.since || now >= entry.until) return false;
  if (entry.verifier !== undefined) return asksThe(entry.verifier, api);
  if (entry.keySet !== entry.issuer.keys.current()) return false;
  const iss = entry.principal.claims['iss'];
  return typeof iss === 'string' && api.issuers.get(iss) === entry.issuer;
}

function asksThe(verifier: OpaqueVerifier, api: ProtectedApi): boolean {
  for (const source of api.opaque) if (source.verifier === verifier) return true;
  return false;
}

import { randomUUID } from 'node:crypto';
import type { Granted } from '../access/index.ts';
import type { EpochMs } from '../base/clock.ts';
import type { Claims } from '../protocol/claims.ts';
import type { Principal } from '../protocol/principal.ts';
import { writeFieldLines } from './http1/field-lines.ts';
import { fixedNames, type Identity } from './identity.ts';
import type { IdentitySigner } from './identity-signer.ts';

interface SignedIdentity {
  readonly fields: readonly string[];
  readonly lines: string;
  readonly renewAt: EpochMs;
}

/**
 * The phantom token: outside, whatever the caller holds; inside, a short-lived JWT of ours (RFC 9068) that says the
 * same. Signed once for each token and lifetime, renewed when a quarter of the lifetime is left.
 */
export function createUpstreamJwt(audience: string, lifetimeMs: number, signer: IdentitySigner): Identity {
  const memoKey = {};
  const remember = (granted: Granted, now: EpochMs): SignedIdentity => {
    const known = granted.memo.get(memoKey) as SignedIdentity | undefined;
    if (known !== undefined && now < known.renewAt) return known;
    const made = signIdentity(granted, audience, lifetimeMs, signer, now);
    granted.memo.set(memoKey, made);
    return made;
  };
  return {
    passesToken: false,
    ownNames: new Set(),
    reserved: ['authorization', 'dpop', ...fixedNames],
    fieldsFor: (granted, now) => remember(granted, now).fields,
    linesFor: (granted, now) => remember(granted, now).lines,
  };
}

function signIdentity(
  { principal }: Granted,
  audience: string,
  lifetimeMs: number,
  signer: IdentitySigner,
  now: EpochMs,
): SignedIdentity {
  const expiresAt = Math.min(now + lifetimeMs, principal.expiresAt);
  const token = signer.sign({
    iss: signer.issuer,
    aud: audience,
    iat: Math.floor(now / 1000),
    exp: Math.floor(expiresAt / 1000),
    jti: randomUUID(),
    ...callerClaims(principal),
  });
  // What expires together with the caller's token need not be renewed: it could not live longer.
  const renewAt = expiresAt === principal.expiresAt ? Number.POSITIVE_INFINITY : now + lifetimeMs * 0.75;
  const fields = Object.freeze(['authorization', `Bearer ${token}`]);
  return { fields, lines: writeFieldLines(fields), renewAt };
}

/**
 * RFC 9068 section 2.2. A subject is unique only within its issuer, so `origin_iss` says whose it is; `consumer` is our
 * name for the client, the same at every issuer. Where no resource
 * owner is involved, "the value of "sub" SHOULD correspond to an identifier the authorization server uses to indicate
 * the client application".
 */
function callerClaims(principal: Principal): Claims {
  const { subject, client, consumer, scopes, roles, groups } = principal;
  return {
    origin_iss: principal.issuer,
    ...(subject === undefined && client === undefined ? {} : { sub: subject ?? client }),
    ...(client === undefined ? {} : { client_id: client }),
    ...(consumer === undefined ? {} : { consumer }),
    ...(scopes.size === 0 ? {} : { scope: [...scopes].join(' ') }),
    ...(roles.length === 0 ? {} : { roles }),
    ...(groups === 'unknown' || groups.length === 0 ? {} : { groups }),
  };
}

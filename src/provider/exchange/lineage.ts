import type { EpochMs } from '../../base/clock.ts';
import type { Principal } from '../../protocol/principal.ts';
import { type Rejection, rejection } from '../../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../../protocol/verdict.ts';
import { isTokenRevoked } from '../is-token-revoked.ts';
import type { IssuedToken, SubjectToken } from '../ports/token-registry.ts';
import type { Services } from '../services.ts';

/** What an exchanged token hands on to what comes of it. */
export interface Lineage {
  /** Itself, and what it came of. */
  readonly subjectTokens: readonly SubjectToken[];
  /** The family that dies together, of a token of ours that has one. */
  readonly grantId: string | undefined;
  /** The sign-in with us. */
  readonly session: string | undefined;
  /** Nothing that comes of it lives longer. */
  readonly endsAt: EpochMs;
}

/** Refused where a token of ours is dead in a way that no gateway can tell, or where less than a second is left. */
export async function lineageOf(services: Services, principal: Principal, now: EpochMs): Promise<Verdict<Lineage>> {
  const { issuer, registry, revocations } = services;
  const isOurs = principal.issuer === issuer;
  const onRecord = isOurs ? await registry.find(principal.tokenHash) : undefined;
  const dead = isOurs ? whyDead(services, onRecord) : undefined;
  if (dead !== undefined) return refuse(dead);
  // A revocation that has not begun yet has shortened the token.
  const from = revocations.index.match(principal)?.from ?? principal.expiresAt;
  const endsAt = Math.min(principal.expiresAt, from, onRecord?.expiresAt ?? principal.expiresAt);
  // Written so that an expiry that is no number refuses.
  if (!(endsAt >= now + 1000)) return refuse(rejection('token_expired', { expiresAt: endsAt, now }));
  return accept({
    subjectTokens: [subjectTokenOf(principal), ...(onRecord?.subjectTokens ?? [])],
    grantId: onRecord?.grantId,
    session: onRecord?.session,
    endsAt,
  });
}

/** Whether it is on record, in this spelling, and whether what it came of is dead. */
function whyDead(services: Services, token: IssuedToken | undefined): Rejection | undefined {
  if (token === undefined) return rejection('token_inactive', { issuer: 'provider' });
  return isTokenRevoked(services, token) ? rejection('token_revoked', { id: token.id }) : undefined;
}

function subjectTokenOf(principal: Principal): SubjectToken {
  const { issuer, tokenHash: hash, nestedTokenHash: nestedHash, tokenId: id } = principal;
  const { subject, client, session, keyId, issuedAt } = principal;
  return { issuer, hash, nestedHash, id, subject, client, session, keyId, issuedAt };
}

import type { EpochMs, NumericDate } from '../base/clock.ts';
import type { Principal } from '../protocol/principal.ts';
import type { IssuedToken, SubjectToken } from './ports/token-registry.ts';

/** What the revocation log may name something of ours by. */
export interface RevocableFacts {
  readonly kind?: 'jwt' | 'opaque';
  readonly tokenHash: string;
  readonly nestedTokenHash?: string | undefined;
  readonly tokenId?: string | undefined;
  readonly subject: string | undefined;
  readonly client: string | undefined;
  readonly session: string | undefined;
  readonly keyId?: string | undefined;
  readonly issuedAt: NumericDate | undefined;
  readonly expiresAt: EpochMs;
}

/** As the revocation index wants to see it. */
export function ownPrincipal(issuer: string, facts: RevocableFacts): Principal {
  return {
    kind: facts.kind ?? 'opaque',
    issuer,
    issuerName: 'provider',
    subject: facts.subject,
    client: facts.client,
    consumer: undefined,
    audiences: [],
    scopes: new Set(),
    roles: [],
    groups: [],
    claims: {},
    issuedAt: facts.issuedAt,
    expiresAt: facts.expiresAt,
    tokenId: facts.tokenId,
    session: facts.session,
    keyId: facts.keyId,
    tokenHash: facts.tokenHash,
    nestedTokenHash: facts.nestedTokenHash,
    ancestors: [],
    confirmation: undefined,
  };
}

export function principalOfToken(issuer: string, token: IssuedToken): Principal {
  return ownPrincipal(issuer, { ...token, tokenHash: token.hash, tokenId: token.id });
}

/** @param expiresAt of what came of it, which ends no later */
export function principalOfSubjectToken(token: SubjectToken, expiresAt: EpochMs): Principal {
  const { issuer, hash: tokenHash, nestedHash: nestedTokenHash, id: tokenId, ...facts } = token;
  const named = { subject: facts.subject, client: facts.client, session: facts.session, keyId: facts.keyId };
  return ownPrincipal(issuer, { ...named, tokenHash, nestedTokenHash, tokenId, issuedAt: facts.issuedAt, expiresAt });
}

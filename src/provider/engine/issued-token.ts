import { randomUUIDv7 } from 'node:crypto';
import type { AccessToken, ClientCredentials } from 'oidc-provider';
import { sha256Hex } from '../../base/sha256.ts';
import type { Claims, JsonObject } from '../../protocol/claims.ts';
import type { IssuedToken } from '../ports/token-registry.ts';
import { originOf } from './token-origin.ts';
import { placeOf } from './token-place.ts';

/** The library's two models of an access token: one that a user granted, one that a client took for itself. */
export type AccessModel = AccessToken | ClientCredentials;

/** What goes on record about an access token before it leaves. */
export function issuedToken(issuer: string, token: AccessModel, value: string, keyId: string): IssuedToken {
  const kind = token.format === 'jwt' ? 'jwt' : 'opaque';
  // An opaque token's own `jti` is the token itself, so that it gets another: one in the order of time (RFC 9562 section
  // 5.7), so that the store's index of them grows at its end instead of all over.
  const id = kind === 'jwt' ? token.jti : randomUUIDv7();
  const expiresAt = (token.exp ?? 0) * 1000;
  const client = token.clientId ?? '';
  const facts = {
    id,
    hash: sha256Hex(value),
    kind,
    client,
    ...onBehalfOf(token, client),
    audience: Array.isArray(token.aud) ? token.aud[0] : token.aud,
    scopes: token.scope === undefined || token.scope === '' ? [] : token.scope.split(' '),
    keyId: kind === 'jwt' ? keyId : undefined,
    issuedAt: token.iat,
    expiresAt,
    issuedUntil: expiresAt,
    subjectTokens: originOf(token)?.subjectTokens ?? [],
    status: placeOf(token),
  } as const;
  return { ...facts, claims: kind === 'opaque' ? claimsOf(issuer, facts, token.extra) : undefined };
}

function onBehalfOf(token: AccessModel, client: string): Pick<IssuedToken, 'subject' | 'grantId' | 'session'> {
  if (token.kind !== 'AccessToken') return { subject: client, grantId: undefined, session: undefined };
  return { subject: token.accountId, grantId: token.grantId, session: token.sessionUid };
}

/** The claims that a JWT would carry (RFC 9068 section 2.2), in the same precedence: ours after the account's. */
function claimsOf(issuer: string, token: Omit<IssuedToken, 'claims'>, extra: AccessModel['extra']): Claims {
  return {
    ...(extra as JsonObject | undefined),
    jti: token.id,
    sub: token.subject,
    iat: token.issuedAt,
    exp: token.issuedUntil / 1000,
    ...(token.scopes.length > 0 && { scope: token.scopes.join(' ') }),
    client_id: token.client,
    iss: issuer,
    ...(token.audience !== undefined && { aud: token.audience }),
  };
}

import { randomBytes } from 'node:crypto';
import type { AccessToken, ClientCredentials } from 'oidc-provider';
import { sha256Hex } from '../../base/sha256.ts';
import type { Claims, JsonObject } from '../../protocol/claims.ts';
import type { IssuedToken } from '../ports/token-registry.ts';

/** The library's two models of an access token: one that a user granted, one that a client took for itself. */
export type AccessModel = AccessToken | ClientCredentials;

/** What goes on record about an access token before it leaves. */
export function issuedToken(issuer: string, token: AccessModel, value: string, keyId: string): IssuedToken {
  const kind = token.format === 'jwt' ? 'jwt' : 'opaque';
  // An opaque token's own `jti` is the token itself, so that it gets another.
  const id = kind === 'jwt' ? token.jti : randomBytes(16).toString('base64url');
  const expiresAt = (token.exp ?? 0) * 1000;
  const client = token.clientId ?? '';
  const { kind: model } = token;
  const facts = {
    id,
    hash: sha256Hex(value),
    kind,
    client,
    subject: model === 'AccessToken' ? token.accountId : client,
    audience: Array.isArray(token.aud) ? token.aud[0] : token.aud,
    scopes: token.scope === undefined || token.scope === '' ? [] : token.scope.split(' '),
    grantId: model === 'AccessToken' ? token.grantId : undefined,
    session: model === 'AccessToken' ? token.sessionUid : undefined,
    keyId: kind === 'jwt' ? keyId : undefined,
    issuedAt: token.iat,
    expiresAt,
    issuedUntil: expiresAt,
  } as const;
  return { ...facts, claims: kind === 'opaque' ? claimsOf(issuer, facts, token.extra) : undefined };
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

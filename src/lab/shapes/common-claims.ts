import type { TokenWish } from '../issuer-shape.ts';

/** What every one of them has: RFC 7519 section 4.1. */
export function commonClaims(wish: TokenWish) {
  const { issuer, subject, issuedAt, expiresAt, tokenId } = wish;
  return { iss: issuer, sub: subject, ...audienceOf(wish), iat: issuedAt, exp: expiresAt, jti: tokenId };
}

/** RFC 9068 section 2.2 */
export function ordinaryClaims(wish: TokenWish) {
  return { ...commonClaims(wish), client_id: wish.client, scope: wish.scopes.join(' ') };
}

/** RFC 7662 section 2.2 */
export function ordinaryAnswer(wish: TokenWish) {
  return { token_type: 'Bearer', ...ordinaryClaims(wish), username: wish.subject };
}

/** A string, or an array where there are several. */
export function audienceOf({ audiences }: TokenWish): { readonly aud?: string | readonly string[] } {
  const [first, ...others] = audiences;
  if (first === undefined) return {};
  return { aud: others.length === 0 ? first : audiences };
}

/** A client that acts for itself is its own subject. */
export function isMachine({ subject, client }: TokenWish): boolean {
  return subject === client;
}

/** Seconds: when the person had signed in. */
export function signedInAt({ issuedAt }: TokenWish): number {
  return issuedAt - 900;
}

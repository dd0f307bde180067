import { isKnownHeader } from './decode-header.ts';

/** Far beyond any JOSE header, so that an endless first part costs nothing. */
const longestHeader = 16 * 1024;

/**
 * Tells what a token is by its real structure: a JWT begins with a JSON object that has an `alg` (RFC 7515 section 4),
 * a JWE also has an `enc` and five parts (RFC 7516 section 9). Dots alone mean nothing: opaque tokens have them too.
 *
 * Lenient on purpose: what only resembles a JWT is to be refused as a bad JWT, not looked up as an opaque token.
 */
export function recognise(token: string): 'jwt' | 'jwe' | 'opaque' {
  const dot = token.indexOf('.');
  if (dot < 1 || dot > longestHeader) return 'opaque';
  const part = token.slice(0, dot);
  if (isKnownHeader(part)) return 'jwt';
  const header = headerOf(part);
  if (header === undefined || !Object.hasOwn(header, 'alg')) return 'opaque';
  return Object.hasOwn(header, 'enc') && token.split('.', 6).length === 5 ? 'jwe' : 'jwt';
}

function headerOf(part: string): object | undefined {
  try {
    const header: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof header === 'object' && header !== null ? header : undefined;
  } catch {
    return undefined;
  }
}

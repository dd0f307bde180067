import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

const form = /^[\w-]{43}$/;

/** The secret that this browser alone shows, by the cookie that we gave it; undefined where it has none of ours. */
export function browserSecret(request: IncomingMessage, issuer: string): string | undefined {
  const prefix = `${cookieName(issuer)}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const values = pairs.filter((pair) => pair.startsWith(prefix)).map((pair) => pair.slice(prefix.length));
  const [value] = values;
  return value !== undefined && values.length === 1 && form.test(value) ? value : undefined;
}

/** The same, made where there is none: sign-ins in several tabs share it. */
export function ensureBrowserSecret(request: IncomingMessage, response: ServerResponse, issuer: string): string {
  const known = browserSecret(request, issuer);
  if (known !== undefined) return known;
  const fresh = randomBytes(32).toString('base64url');
  // Lax: it must come along when the issuer sends the person back.
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure(issuer) ? '; Secure' : ''}`;
  response.appendHeader('set-cookie', `${cookieName(issuer)}=${fresh}; ${attributes}`);
  return fresh;
}

/** With `__Host-`, no neighbouring host can set it for ours (RFC 6265bis section 4.1.3.2); on http no browser takes that. */
function cookieName(issuer: string): string {
  return `${isSecure(issuer) ? '__Host-' : ''}gatehouse_federation`;
}

function isSecure(issuer: string): boolean {
  return issuer.startsWith('https:');
}

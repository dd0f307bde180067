import { decodeBase64url } from '../base/base64url.ts';
import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import { checkHeader, type JoseHeader } from './header.ts';
import { parseObject } from './parse-object.ts';

/**
 * An issuer signs all its tokens under a few headers, so good ones are decoded once. What is remembered depends on
 * nothing but its text. Bounded: at most 256 headers of at most 512 characters; forgetting all of them costs a decoding.
 */
const decoded = new Map<string, JoseHeader>();
const maxRemembered = 256;
const longestRemembered = 512;

/** Whether the encoded header was decoded before, and is good. */
export function isKnownHeader(part: string): boolean {
  return decoded.has(part);
}

/** Decodes the first part of a JWS; all that can be said against a header by itself is said here. */
export function decodeHeader(part: string): Verdict<JoseHeader> {
  const known = decoded.get(part);
  return known === undefined ? decodeAnew(part) : accept(known);
}

/** To be called for a token whose signature is good: no garbage, however much, pushes out the header of a good one. */
export function rememberHeader(token: string, header: JoseHeader): void {
  // One that was remembered is frozen.
  if (Object.isFrozen(header)) return;
  const length = token.indexOf('.');
  if (length > longestRemembered) return;
  if (decoded.size === maxRemembered) decoded.clear();
  // A copy, for a slice would keep the whole token in memory.
  decoded.set(Buffer.from(token.slice(0, length), 'latin1').toString('latin1'), Object.freeze(header));
}

function decodeAnew(part: string): Verdict<JoseHeader> {
  const bytes = decodeBase64url(part);
  if (bytes === undefined) return refuse(rejection('encoding_invalid', { part: 'header' }));
  const header = parseObject(bytes, 'header');
  if (!header.ok) return header;
  const fault = checkHeader(header.value);
  return fault === undefined ? accept(header.value as JoseHeader) : refuse(fault);
}

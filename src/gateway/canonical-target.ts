import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';

/** What a request asks for, in the one form that route matcher, policy and upstream all see. */
export interface Target {
  /** Begins with `/`; or `*`, for OPTIONS alone. */
  readonly path: string;
  /** Without the `?`; empty if there is none. */
  readonly query: string;
  /** Of a target in absolute form, `host[:port]`. */
  readonly authority: string | undefined;
}

/** Nothing to decode, no dot segment, no empty segment: what nearly all requests send. */
const plain = /^(?:\/(?!\.{1,2}(?:[/?]|$))[\w.~!$&'()*+,=:@-]+)*\/?(?:\?[\w.~!$&'()*+,;=:@/?%[\]-]*)?$/;
const absolute = /^https?:\/\/([^/?#]*)(.*)$/is;

/**
 * RFC 9112 section 3.2. Normalised once: percent-encoded unreserved characters are decoded, hex digits upper-cased
 * (RFC 3986 section 6.2.2), characters that no URI may hold percent-encoded. Whatever two readers could still read
 * as two different paths is refused.
 */
export function canonicalTarget(target: string, method: string): Verdict<Target> {
  if (target.startsWith('/')) return originForm(target, undefined);
  if (target === '*' && method === 'OPTIONS') return accept({ path: '*', query: '', authority: undefined });
  const match = absolute.exec(target);
  if (match?.[1] === undefined) return refuse(rejection('request_malformed', { reason: 'target in no accepted form' }));
  const rest = match[2] ?? '';
  return originForm(rest.startsWith('/') ? rest : `/${rest}`, match[1]);
}

function originForm(target: string, authority: string | undefined): Verdict<Target> {
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  const query = mark === -1 ? '' : target.slice(mark + 1);
  if (target !== '/' && plain.test(target)) return accept({ path, query, authority });
  const canonical = canonicalPath(path);
  return canonical.ok ? accept({ path: canonical.value, query: encodeIllegal(query), authority }) : canonical;
}

export function canonicalPath(path: string): Verdict<string> {
  const decoded = encodeIllegal(path.replace(/%[0-9a-f]{2}/gi, normaliseTriplet)).replace(/[[\]]/g, encode);
  const reason = malformation(path) ?? ambiguity(decoded);
  return reason === undefined ? accept(decoded) : refuse(rejection('path_ambiguous', { reason }));
}

/** RFC 3986 section 2.3: unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~" */
function normaliseTriplet(triplet: string): string {
  const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
  return /[\w.~-]/.test(character) ? character : triplet.toUpperCase();
}

function malformation(path: string): string | undefined {
  if (/%(?![0-9a-f]{2})/i.test(path)) return 'percent sign without two hex digits';
  return path.includes('#') ? 'fragment' : undefined;
}

/** The first of the reasons why another reader may take this path for another one. */
function ambiguity(path: string): string | undefined {
  if (/%25[0-9a-f]{2}/i.test(path)) return 'double encoding';
  if (/%2F/.test(path)) return 'encoded slash';
  if (/%5C/.test(path)) return 'backslash';
  if (/%[01][0-9A-F]|%7F/.test(path)) return 'control character';
  if (/\/\.{1,2}(?:;|%3B|\/|$)/.test(path)) return 'dot segment';
  if (/\/(?:;[^/]*)?\//.test(path)) return 'empty segment';
  if (!isUtf8(path)) return 'percent-encoded bytes that are not UTF-8';
  return undefined;
}

/** Overlong forms such as `%C0%AF` are a slash to a lax decoder. */
function isUtf8(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** What RFC 3986 allows in no part of a path or query; a `#` would begin a fragment, which is never sent. */
function encodeIllegal(text: string): string {
  return text.replace(/[^\x21-\x7e]|["#<>\\^`{|}]/g, encode);
}

/** A target comes as bytes, one a character. */
function encode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

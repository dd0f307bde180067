import type { Claims } from '../protocol/claims.ts';
import { rejection } from '../protocol/rejection.ts';
import { isScopeToken, parseScope } from '../protocol/scope.ts';
import { accept, type Rejected, refuse, type Verdict } from '../protocol/verdict.ts';
import type { ClaimPath } from './claim-places.ts';
import { type FoundClaim, findClaims } from './find-claim.ts';

/** The first of the places that says something. */
export function readString(claims: Claims, paths: readonly ClaimPath[]): Verdict<string | undefined> {
  const first = readFirst(claims, paths);
  if (!first.ok) return first;
  const [claim] = first.value;
  if (claim === undefined) return accept(undefined);
  return typeof claim.value === 'string' ? accept(claim.value) : mistyped(claim.path, 'a string');
}

/** A string, or an array of strings, at the first of the places that says something. */
export function readFirstStrings(claims: Claims, paths: readonly ClaimPath[]): Verdict<readonly string[] | undefined> {
  const first = readFirst(claims, paths);
  if (!first.ok) return first;
  return first.value.length === 0 ? accept(undefined) : stringsOf(first.value);
}

/** The strings at all of the places. */
export function readAllStrings(claims: Claims, paths: readonly ClaimPath[]): Verdict<readonly string[]> {
  const all: FoundClaim[] = [];
  for (const path of paths) {
    const result = findClaims(claims, path);
    if (!result.ok) return mistyped(path, result.mistyped.expected);
    all.push(...result.found);
  }
  return stringsOf(all);
}

/** RFC 6749 section 3.3, or an array of scope tokens as some issuers send it. */
export function readScopes(claims: Claims, paths: readonly ClaimPath[]): Verdict<ReadonlySet<string>> {
  const first = readFirst(claims, paths);
  if (!first.ok) return first;
  const scopes = new Set<string>();
  for (const { path, value } of first.value) {
    const tokens = typeof value === 'string' ? parseScope(value) : scopeTokens(value);
    if (tokens === undefined)
      return mistyped(path, 'scope tokens, in a string divided by single spaces or in an array');
    for (const token of tokens) scopes.add(token);
  }
  return accept(scopes);
}

function scopeTokens(value: FoundClaim['value']): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const tokens: string[] = [];
  for (const item of value) {
    if (typeof item !== 'string' || !isScopeToken(item)) return undefined;
    tokens.push(item);
  }
  return tokens;
}

function readFirst(claims: Claims, paths: readonly ClaimPath[]): Verdict<readonly FoundClaim[]> {
  for (const path of paths) {
    const result = findClaims(claims, path);
    if (!result.ok) return mistyped(path, result.mistyped.expected);
    if (result.found.length > 0) return accept(result.found);
  }
  return accept([]);
}

function stringsOf(found: readonly FoundClaim[]): Verdict<readonly string[]> {
  const strings: string[] = [];
  for (const { path, value, qualifier } of found) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item !== 'string') return mistyped(path, 'a string or an array of strings');
      strings.push(qualifier === undefined ? item : qualified(qualifier, item));
    }
  }
  return accept(strings);
}

/** The qualifier is encoded, so that no choice of names makes one qualified value look like another. */
function qualified(qualifier: string, value: string): string {
  return `${encodeURIComponent(qualifier)}:${value}`;
}

function mistyped(path: ClaimPath, expected: string): Rejected {
  return refuse(rejection('claim_invalid', { claim: path.length === 1 ? path[0] : path, expected }));
}

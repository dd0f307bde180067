import type { Claims, Json, JsonObject } from '../protocol/claims.ts';
import type { ClaimPath } from './claim-places.ts';
import { isObject } from './json-shape.ts';

export interface FoundClaim {
  readonly path: ClaimPath;
  readonly value: Json;
  /** The member for which `'*'` stood. */
  readonly qualifier: string | undefined;
}

/** A claim is there, but its way leads through something that is no object. */
export interface MistypedClaim {
  readonly path: ClaimPath;
  readonly expected: string;
}

export type FoundClaims =
  | { readonly ok: true; readonly found: readonly FoundClaim[] }
  | { readonly ok: false; readonly mistyped: MistypedClaim };

/** What lies at a path. A claim that is null or an empty string says nothing and is not there. */
export function findClaims(claims: Claims, path: ClaimPath): FoundClaims {
  const found: FoundClaim[] = [];
  const obstacle = descend({ path, value: claims, qualifier: undefined }, 0, found);
  if (obstacle === undefined) return { ok: true, found };
  return { ok: false, mistyped: { path, expected: `an object above ${JSON.stringify(obstacle)}` } };
}

/**
 * Collects what lies at the rest of the path, from its segment at `depth` on.
 *
 * @returns the segment that has no object above it
 */
function descend(place: FoundClaim, depth: number, found: FoundClaim[]): string | undefined {
  const { path, value, qualifier } = place;
  const segment = path[depth];
  if (segment === undefined) {
    found.push(place);
    return undefined;
  }
  if (!isObject(value)) return segment;
  if (segment === '*') return descendAll(path, value, depth, found);
  const member = Object.hasOwn(value, segment) ? value[segment] : undefined;
  return says(member) ? descend({ path, value: member, qualifier }, depth + 1, found) : undefined;
}

function descendAll(path: ClaimPath, object: JsonObject, depth: number, found: FoundClaim[]): string | undefined {
  for (const [qualifier, member] of Object.entries(object)) {
    const obstacle = says(member) ? descend({ path, value: member, qualifier }, depth + 1, found) : undefined;
    if (obstacle !== undefined) return obstacle;
  }
  return undefined;
}

function says(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== '';
}

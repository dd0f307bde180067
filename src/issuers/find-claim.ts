import type { Claims, Json } from '../protocol/claims.ts';
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
  let places: readonly { value: Json; qualifier: string | undefined }[] = [{ value: claims, qualifier: undefined }];
  for (const segment of path) {
    if (!places.every(({ value }) => isObject(value))) {
      return { ok: false, mistyped: { path, expected: `an object above ${JSON.stringify(segment)}` } };
    }
    places = places.flatMap(({ value, qualifier }) => step(value, segment, qualifier));
  }
  return { ok: true, found: places.map((place) => ({ path, ...place })) };
}

function step(
  value: Json,
  segment: string,
  qualifier: string | undefined,
): readonly { value: Json; qualifier: string | undefined }[] {
  if (!isObject(value)) return [];
  if (segment === '*') {
    return Object.entries(value).flatMap(([name, member]) =>
      says(member) ? [{ value: member, qualifier: name }] : [],
    );
  }
  const member = Object.hasOwn(value, segment) ? value[segment] : undefined;
  return says(member) ? [{ value: member, qualifier }] : [];
}

function says(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== '';
}

import type { Json, JsonObject } from '../../base/json.ts';

/** Where a claim may be: paths of member names, of which the first that leads somewhere counts. */
export type ClaimPlaces = readonly (readonly string[])[];

/** The claims by our names, as far as they are there. */
export function mapClaims(theirs: JsonObject, places: Readonly<Record<string, ClaimPlaces>>): JsonObject {
  const found = Object.entries(places).flatMap(([name, paths]): readonly [string, Json][] => {
    const value = paths.map((path) => at(theirs, path)).find((each) => each !== undefined && each !== null);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found);
}

function at(claims: JsonObject, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, member) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return Object.hasOwn(value, member) ? (value as JsonObject)[member] : undefined;
  }, claims);
}

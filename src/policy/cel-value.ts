import type { Json, JsonObject } from '../protocol/claims.ts';

/**
 * A claim as CEL sees it. Objects become Maps, which have no prototype chain to climb: `constructor` and `__proto__`
 * are claims like others, or absent. Whole numbers become CEL ints (BigInt), so that `claims.level + 1` and
 * `3 in claims.levels` mean what they say; other numbers stay doubles. Comparison mixes the two.
 */
export function celValue(json: Json): unknown {
  if (typeof json === 'number') return Number.isSafeInteger(json) ? BigInt(json) : json;
  if (json === null || typeof json !== 'object') return json;
  if (isArray(json)) return json.map(celValue);
  const map = new Map<string, unknown>();
  for (const name of Object.keys(json)) {
    const member = json[name];
    if (member !== undefined) map.set(name, celValue(member));
  }
  return map;
}

/** Array.isArray does not narrow a readonly array. */
function isArray(json: readonly Json[] | JsonObject): json is readonly Json[] {
  return Array.isArray(json);
}

/**
 * For how long a response is fresh (RFC 9111 section 4.2), by `Cache-Control` and `Age`; a private cache.
 *
 * @returns milliseconds; undefined where nothing is said
 */
export function freshnessOf(headers: Readonly<Record<string, string>>): number | undefined {
  const directives = (headers['cache-control'] ?? '').toLowerCase().split(',').map(trimmed);
  if (directives.some((directive) => /^no-(store|cache)(=|$)/.test(directive))) return 0;
  const ages = directives.flatMap((directive) => /^max-age="?(\d{1,10})"?$/.exec(directive)?.[1] ?? []).map(Number);
  if (ages.length === 0) return undefined;
  const age = /^\d{1,10}$/.test(headers['age'] ?? '') ? Number(headers['age']) : 0;
  return Math.max(0, Math.min(...ages) - age) * 1000;
}

function trimmed(text: string): string {
  return text.trim();
}

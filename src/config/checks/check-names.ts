import type { ConfigPath } from '../fault.ts';
import { suggest } from '../suggest.ts';
import type { Findings } from './findings.ts';

/**
 * Whatever is named is there.
 *
 * @param what what the names are of: `API that accepts provider`
 */
export function checkNames(
  written: readonly string[],
  known: readonly string[],
  what: string,
  path: ConfigPath,
  findings: Findings,
): void {
  written.forEach((name, index) => {
    if (!known.includes(name)) findings.fault([...path, index], `"${name}" is no ${what}`, nameRemedy(name, known));
  });
}

/** The name that was probably meant, or those that there are. */
export function nameRemedy(name: string, known: readonly string[]): string {
  const meant = suggest(name, known);
  if (meant !== undefined) return `Did you mean ${meant}?`;
  return known.length === 0 ? 'There is none yet: add one.' : `Known: ${[...new Set(known)].join(', ')}.`;
}

import type { Config } from '../config.ts';
import type { Findings } from './findings.ts';

/** Nothing in a key set says whose each key is: whoever signs by one of them signs for all who name the set. */
export function checkKeySets({ issuers }: Config, findings: Findings): void {
  const owners = new Map<string, string>();
  for (const { name, jwksUri } of issuers) {
    if (jwksUri === undefined) continue;
    const owner = owners.get(jwksUri);
    owners.set(jwksUri, owner ?? name);
    if (owner === undefined) continue;
    const reason = `is the key set of ${owner}, too: whoever has one of its keys can sign for both`;
    findings.warn(['issuers', name, 'jwksUri'], reason, 'Give each its own, unless one provider stands behind both.');
  }
}

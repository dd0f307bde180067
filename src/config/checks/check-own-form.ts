import type { Config } from '../config.ts';
import type { Findings } from './findings.ts';

/** Tokens of our form are shown to one issuer alone, and never while a provider of our own has given them out. */
export function checkOwnForm({ issuers, provider }: Config, findings: Findings): void {
  let first: string | undefined;
  for (const { name, opaque } of issuers) {
    if (opaque?.gatehouse !== true) continue;
    const path = ['issuers', name, 'opaque', 'gatehouse'];
    if (provider !== undefined) {
      const remedy = 'Take it out: tokens of this form are those of `provider`.';
      findings.fault(path, 'would show it the tokens of our own provider', remedy);
    } else if (first !== undefined) {
      findings.fault(path, `is said of ${first} too`, 'Keep one: a token of this form does not say whose it is.');
    } else if (opaque.prefixes !== undefined || opaque.pattern !== undefined) {
      findings.fault(path, 'stands beside another form', 'Take out `prefixes` and `pattern`: the form is known.');
    }
    first ??= name;
  }
}

import type { Issuer } from './issuer.ts';
import type { KeySource } from './key-source.ts';
import type { IssuerPlan } from './plan-issuer.ts';
import { clientStandsIn, readPrincipal } from './read-principal.ts';

export function createIssuer({ expectation, rules, refusal, decryptionKeys }: IssuerPlan, keys: KeySource): Issuer {
  const { name, identifier } = rules;
  return Object.freeze({
    name,
    identifier,
    expectation,
    keys,
    decryptionKeys,
    refusal,
    clientStandsIn: (claims) => clientStandsIn(claims, rules),
    principalOf: (token) => readPrincipal(token, rules),
  } satisfies Issuer);
}

import type { IssuerConfig } from '../config/index.ts';
import type { IssuerOptions } from '../issuers/index.ts';
import { present } from './present.ts';

/** The federated issuers as src/issuers wants them, by name. */
export function issuerOptions(issuers: readonly IssuerConfig[]): Readonly<Record<string, IssuerOptions>> {
  return Object.fromEntries(issuers.map((issuer) => [issuer.name, optionsOf(issuer)]));
}

function optionsOf({ name: _, leeway, maxLifetime, claims, ...rest }: IssuerConfig): IssuerOptions {
  return present({
    ...rest,
    leewaySeconds: leeway / 1000,
    maxLifetimeSeconds: maxLifetime === undefined ? undefined : maxLifetime / 1000,
    claims: claims === undefined ? undefined : present(claims),
  });
}

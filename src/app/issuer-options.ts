import { type IssuerConfig, issuerIdentifier } from '../config/index.ts';
import type { IssuerOptions } from '../issuers/index.ts';
import { importDecryptionKey } from '../tokens/index.ts';
import { present } from './present.ts';

/** The federated issuers as src/issuers wants them, by name. */
export function issuerOptions(issuers: readonly IssuerConfig[]): Readonly<Record<string, IssuerOptions>> {
  return Object.fromEntries(issuers.map((issuer) => [issuer.name, optionsOf(issuer)]));
}

/** What of an issuer is for others to know is left out: its registry takes over what has equal options. */
function optionsOf(config: IssuerConfig): IssuerOptions {
  const { name: _, introspection, opaque, decryption, signIn, leeway, maxLifetime, claims, ...others } = config;
  const { status, statusLists, statusIssuer, statusTimes, ...rest } = others;
  return present({
    ...rest,
    issuer: issuerIdentifier(config) ?? '',
    opaqueOnly: config.issuer === undefined,
    leewaySeconds: leeway / 1000,
    maxLifetimeSeconds: maxLifetime === undefined ? undefined : maxLifetime / 1000,
    claims: claims === undefined ? undefined : present(claims),
    decryptionKeys: decryption?.map(({ key, kid }) => importDecryptionKey(key.reveal(), kid)),
  });
}

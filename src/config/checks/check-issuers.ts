import {
  type IssuerDependencies,
  type IssuerOptions,
  IssuerOptionsInvalid,
  IssuerRegistry,
} from '../../issuers/index.ts';
import type { IssuerConfig } from '../config.ts';
import { issuerIdentifier } from '../issuer-identifier.ts';
import type { Findings } from './findings.ts';

/** Making issuers calls nobody; that begins when they are started. */
const noDependencies: IssuerDependencies = {
  http: { send: () => Promise.reject(), getJson: () => Promise.reject(), close: () => Promise.resolve() },
  clock: () => 0,
};

/**
 * Asks src/issuers what it makes of an issuer: its preset may demand more than the schema can say.
 *
 * @returns every `iss` that its tokens may carry; undefined where the options cannot work
 */
export function identifiersOf(issuer: IssuerConfig, findings: Findings): readonly string[] | undefined {
  const identifier = issuerIdentifier(issuer);
  if (identifier === undefined) {
    const remedy = 'Add its issuer identifier, or `introspection.endpoint` if all of its tokens are opaque.';
    findings.fault(['issuers', issuer.name, 'issuer'], 'is missing', remedy);
    return undefined;
  }
  try {
    const registry = new IssuerRegistry({ [issuer.name]: optionsOf(issuer, identifier) }, noDependencies);
    return registry.named(issuer.name).flatMap(({ expectation }) => expectation.issuers);
  } catch (error) {
    if (!(error instanceof IssuerOptionsInvalid)) throw error;
    findings.fault(error.path, error.message.replace(/\.$/, ''), error.remedy);
    return undefined;
  }
}

/** The options that decide whether the others can work. */
function optionsOf(
  { preset, issuer, acceptedIssuers, tenants, discovery, jwksUri, keys }: IssuerConfig,
  identifier: string,
): IssuerOptions {
  return {
    preset,
    issuer: identifier,
    opaqueOnly: issuer === undefined,
    keys,
    ...(acceptedIssuers && { acceptedIssuers }),
    ...(tenants && { tenants }),
    ...(discovery && { discovery }),
    ...(jwksUri && { jwksUri }),
  };
}

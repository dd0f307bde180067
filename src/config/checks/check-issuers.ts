import {
  type Issuer,
  type IssuerDependencies,
  type IssuerOptions,
  IssuerOptionsInvalid,
  IssuerRegistry,
} from '../../issuers/index.ts';
import type { IssuerConfig } from '../config.ts';
import type { Finding } from '../fault.ts';
import { issuerIdentifier } from '../issuer-identifier.ts';
import type { Findings } from './findings.ts';

/** Making issuers calls nobody; that begins when they are started. */
export const noDependencies: IssuerDependencies = {
  http: { send: () => Promise.reject(), getJson: () => Promise.reject(), close: () => Promise.resolve() },
  clock: () => 0,
};

/**
 * Asks src/issuers what it makes of an issuer: its preset may demand more than the schema can say.
 *
 * @returns one, or one for each tenant, or what is wrong
 */
export function issuersOf(config: IssuerConfig): readonly Issuer[] | Finding {
  const identifier = issuerIdentifier(config);
  if (identifier === undefined) return noIdentifier(config);
  try {
    const registry = new IssuerRegistry({ [config.name]: optionsOf(config, identifier) }, noDependencies);
    return registry.named(config.name);
  } catch (error) {
    if (!(error instanceof IssuerOptionsInvalid)) throw error;
    return { path: error.path, reason: error.message.replace(/\.$/, ''), remedy: error.remedy };
  }
}

/** @returns every `iss` that its tokens may carry; undefined where the options cannot work, which is then reported */
export function identifiersOf(config: IssuerConfig, findings: Findings): readonly string[] | undefined {
  const issuers = issuersOf(config);
  if (!('reason' in issuers)) return issuers.flatMap(({ expectation }) => expectation.issuers);
  findings.fault(issuers.path, issuers.reason, issuers.remedy);
  return undefined;
}

function noIdentifier({ name }: IssuerConfig): Finding {
  const remedy = 'Add its issuer identifier, or `introspection.endpoint` if all of its tokens are opaque.';
  return { path: ['issuers', name, 'issuer'], reason: 'is missing', remedy };
}

/** The options that decide whether the others can work. */
function optionsOf(config: IssuerConfig, identifier: string): IssuerOptions {
  const { preset, issuer, acceptedIssuers, tenants, discovery, jwksUri, keys } = config;
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

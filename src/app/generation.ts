import type { ProtectedApi } from '../access/index.ts';
import type { Config } from '../config/index.ts';
import type { GatewayOptions } from '../gateway/index.ts';
import { type IssuerDependencies, IssuerRegistry } from '../issuers/index.ts';
import { gatewayOptions } from './gateway-options.ts';
import { issuerOptions } from './issuer-options.ts';
import type { OwnIssuer } from './own-issuer.ts';
import { protectedApis } from './protected-apis.ts';

/** All that follows from one reading of the configuration. A reload makes another and swaps one reference. */
export interface Generation {
  readonly config: Config;
  readonly registry: IssuerRegistry;
  readonly guarded: readonly ProtectedApi[];
  readonly gateway: GatewayOptions;
}

/** @param previous issuers that did not change keep their keys */
export function makeGeneration(
  config: Config,
  own: OwnIssuer | undefined,
  dependencies: IssuerDependencies,
  previous?: Generation,
): Generation {
  const registry = new IssuerRegistry(issuerOptions(config.issuers), dependencies, previous?.registry);
  const guarded = protectedApis(config.apis, registry, own);
  return Object.freeze({ config, registry, guarded, gateway: gatewayOptions(config, guarded) });
}

import { isDeepStrictEqual } from 'node:util';
import { type Consumers, createConsumers, type ProtectedApi } from '../access/index.ts';
import type { Config } from '../config/index.ts';
import type { GatewayOptions } from '../gateway/index.ts';
import { IssuerRegistry } from '../issuers/index.ts';
import type { StatusDependencies } from '../status/index.ts';
import { gatewayOptions } from './gateway-options.ts';
import { issuerOptions } from './issuer-options.ts';
import { OpaqueSources } from './opaque-sources.ts';
import type { OwnIssuer } from './own-issuer.ts';
import { protectedApis, type Vouchers } from './protected-apis.ts';
import { StatusRegistry } from './status-registry.ts';

/** All that follows from one reading of the configuration. A reload makes another and swaps one reference. */
export interface Generation {
  readonly config: Config;
  readonly vouchers: Vouchers;
  readonly consumers: Consumers;
  readonly guarded: readonly ProtectedApi[];
  readonly gateway: GatewayOptions;
}

/** @param previous issuers and consumers that did not change keep what was learned of them */
export function makeGeneration(
  config: Config,
  own: OwnIssuer | undefined,
  dependencies: StatusDependencies,
  previous?: Generation,
): Generation {
  const registry = new IssuerRegistry(issuerOptions(config.issuers), dependencies, previous?.vouchers.registry);
  const sources = new OpaqueSources(config.issuers, registry, dependencies, previous?.vouchers.sources);
  const statuses = new StatusRegistry(config.issuers, registry, dependencies, previous?.vouchers.statuses);
  const vouchers = { registry, sources, statuses, own };
  const consumers = consumersOf(config, previous);
  const guarded = protectedApis(config.apis, vouchers, consumers);
  return Object.freeze({ config, vouchers, consumers, guarded, gateway: gatewayOptions(config, guarded) });
}

/** A directory that stays the same keeps what each consumer has spent of its rate. */
function consumersOf({ consumers }: Config, previous: Generation | undefined): Consumers {
  const isSame = previous !== undefined && isDeepStrictEqual(previous.config.consumers, consumers);
  return isSame ? previous.consumers : createConsumers(consumers);
}

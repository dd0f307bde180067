import type { Config } from '../config/index.ts';
import { followHub, type HubOptions } from '../edge/index.ts';
import { StatusListMemory } from '../status/index.ts';
import { accessOf } from './access-of.ts';
import type { Circumstances, House } from './assemble.ts';
import { gatewayName } from './gateway-name.ts';
import { type Generation, makeGeneration } from './generation.ts';
import { startHousekeeping } from './housekeeping.ts';
import { StartupFailure } from './listener.ts';
import { outboundClient } from './outbound.ts';

/** What stands behind a gateway without a database. */
export interface EdgeHouse extends Omit<House, 'store' | 'transmitter' | 'own' | 'adminApi' | 'revocations'> {
  readonly store: undefined;
  readonly provider: undefined;
  readonly revocations: ReturnType<typeof followHub>;
}

/** @throws StartupFailure where a file that the configuration names cannot be used */
export function assembleEdge(config: Config, circumstances: Omit<Circumstances, 'isGateway'>): EdgeHouse {
  const { clock, worker, onRateTaken, onFailure } = circumstances;
  const http = outboundClient(config);
  const { maxStaleness: maxStalenessMs } = config.revocation;
  const revocations = followHub({ hub: hubOf(config), http, clock, maxStalenessMs, name: gatewayName(config, worker) });
  const dependencies = { http, clock, memory: new StatusListMemory(config.gateway.statusLists) };
  let generation: Generation = makeGeneration(config, undefined, dependencies);
  let stopHousekeeping = (): void => undefined;
  return {
    clock,
    store: undefined,
    provider: undefined,
    revocations,
    access: accessOf(config, revocations, onRateTaken),
    http,
    generation: () => generation,
    readiness: async () => [{ name: 'revocations', ready: !revocations.isStale() }],
    async start() {
      generation.vouchers.registry.start();
      await revocations.start();
      stopHousekeeping = startHousekeeping([revocations.index], clock, onFailure);
    },
    async reload(next) {
      generation = makeGeneration(next, undefined, dependencies, generation);
      generation.vouchers.registry.start();
      generation.vouchers.statuses.start();
    },
    async stop() {
      stopHousekeeping();
      generation.vouchers.registry.stop();
      generation.vouchers.statuses.stop();
      await revocations.stop();
      await http.close();
    },
  };
}

function hubOf({ revocation: { follow } }: Config): HubOptions {
  if (follow === undefined) throw new StartupFailure('there is no hub to follow. Remedy: add revocation.follow');
  const { url, tokenEndpoint, client } = follow;
  return { url, tokenEndpoint, client: { id: client.id, secret: client.secret.reveal() } };
}

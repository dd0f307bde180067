import type { Access, OnRateTaken, ProtectedApi } from '../access/index.ts';
import { protectAdmin, type ReadinessCheck } from '../admin/index.ts';
import type { Clock } from '../base/clock.ts';
import { adminSecretFile, type Config } from '../config/index.ts';
import type { HttpClient } from '../net/index.ts';
import type { Provider } from '../provider/index.ts';
import { createRevocations, type GatewayRoster, type Revocations } from '../revocation/index.ts';
import type { Transmitter } from '../signals/index.ts';
import { StatusListMemory } from '../status/index.ts';
import type { Store } from '../store/index.ts';
import { accessOf } from './access-of.ts';
import { type AdminSecret, bootstrapAdmin } from './bootstrap-admin.ts';
import { gatewayName } from './gateway-name.ts';
import { type Generation, makeGeneration } from './generation.ts';
import { type Purgeable, startHousekeeping } from './housekeeping.ts';
import { openStore, type StoreLocation } from './open-store.ts';
import { outboundClient } from './outbound.ts';
import { type OwnIssuer, ownIssuer } from './own-issuer.ts';
import { ownTransmitter, streamOptions } from './own-transmitter.ts';
import { providerOptions } from './provider-options.ts';
import { startProvider } from './start-provider.ts';
import { subjectTokenJudge } from './subject-token-judge.ts';

/** Everything that stands behind the listeners, joined. */
export interface House {
  readonly clock: Clock;
  readonly store: Store;
  readonly revocations: Revocations;
  readonly access: Access;
  readonly provider: Provider | undefined;
  /** Tells others of revocations; undefined where there is no provider of ours. */
  readonly transmitter: Transmitter | undefined;
  /** By which issuers are called. */
  readonly http: HttpClient;
  own(): OwnIssuer | undefined;
  /** The admin API as one that is protected like others; without a provider nobody has tokens for it. */
  adminApi(): ProtectedApi;
  generation(): Generation;
  /** Whether this process may be sent requests, by what that depends on. */
  readiness(): Promise<readonly ReadinessCheck[]>;
  /** Resolves when the revocation log was read to its end. Never waits for an issuer. */
  start(): Promise<void>;
  /** @throws whatever stands in the way; all stays as it was */
  reload(config: Config): Promise<void>;
  stop(): Promise<void>;
}

export interface Circumstances {
  readonly clock: Clock;
  /** Whether this process decides about requests: then it has to be heard of. */
  readonly isGateway: boolean;
  /** The number of this gateway. Default: there is only one. */
  readonly worker?: number | undefined;
  /** Called with each request that counts towards a rate. Default: nobody has to know. */
  readonly onRateTaken?: OnRateTaken | undefined;
  /** Called with what fails in the background. */
  onFailure(error: unknown): void;
}

/** A configuration with a store. */
export type CentralConfig = Config & { readonly store: StoreLocation };

/** @throws StartupFailure where the store or a file that the configuration names cannot be used */
export async function assemble(config: CentralConfig, circumstances: Circumstances): Promise<House> {
  const { clock, onFailure } = circumstances;
  const store = await openStore(config.store, clock);
  const revocations = revocationsOf(config, store, circumstances);
  const access = accessOf(config, revocations, circumstances.onRateTaken);
  const http = outboundClient(config);
  const dependencies = { http, clock, memory: new StatusListMemory(config.gateway.statusLists) };
  const judge = subjectTokenJudge(access, () => generation, config.provider?.issuer ?? '');
  const others = { revocations, clock, http, subjectTokens: judge };
  const provider = await startProvider(providerOptions(config), store, others);
  let own = provider && ownIssuer(provider, store.tokenStore);
  let generation: Generation = makeGeneration(config, own, dependencies);
  const transmitter = provider && ownTransmitter(config, { clock, http, store, provider });
  let stopHousekeeping = (): void => undefined;

  function reloadProvider(next: Config): void {
    const options = providerOptions(next);
    if (options !== undefined) provider?.reload(options);
  }

  return {
    clock,
    store,
    revocations,
    access,
    provider,
    transmitter,
    http,
    own: () => own,
    adminApi: () => protectedAdminApi(own),
    generation: () => generation,
    readiness: async () => [
      { name: 'revocations', ready: !revocations.isStale() },
      { name: 'store', ready: await answers(store.revocationLog.head()) },
    ],
    async start() {
      if (provider !== undefined) await bootstrapAdmin(store.clients, adminSecret(config), clock);
      generation.vouchers.registry.start();
      await revocations.start();
      const purgeables = [revocations, provider ?? store.artifacts, staleGateways(store.gatewayRoster)];
      stopHousekeeping = startHousekeeping(purgeables, clock, onFailure);
    },
    async reload(next) {
      reloadProvider(next);
      try {
        const renewed = provider && ownIssuer(provider, store.tokenStore);
        generation = makeGeneration(next, renewed, dependencies, generation);
        own = renewed;
      } catch (error) {
        reloadProvider(generation.config);
        throw error;
      }
      generation.vouchers.registry.start();
      generation.vouchers.statuses.start();
      transmitter?.reload(streamOptions(next));
    },
    async stop() {
      stopHousekeeping();
      generation.vouchers.registry.stop();
      generation.vouchers.statuses.stop();
      await revocations.stop();
      await transmitter?.stop();
      await provider?.stop();
      await http.close();
      await store.close();
    },
  };
}

function revocationsOf(config: Config, store: Store, { clock, isGateway, worker }: Circumstances): Revocations {
  const { revocation } = config;
  return createRevocations({
    log: store.revocationLog,
    roster: store.gatewayRoster,
    gatewayName: isGateway ? gatewayName(config, worker) : undefined,
    clock,
    maxStalenessMs: revocation.maxStaleness,
    pollMs: revocation.poll,
  });
}

/** Milliseconds: for as long, a gateway that is not heard of any more is told of. */
const gatewayRemembered = 60 * 60 * 1000;

function staleGateways(roster: GatewayRoster): Purgeable {
  return { purge: () => roster.forget(gatewayRemembered) };
}

function answers(question: Promise<unknown>): Promise<boolean> {
  return question.then(
    () => true,
    () => false,
  );
}

function adminSecret({ admin, store }: CentralConfig): AdminSecret {
  return { given: admin.secret?.reveal(), file: adminSecretFile(store), isShared: store.kind !== 'sqlite' };
}

function protectedAdminApi(own: OwnIssuer | undefined): ProtectedApi {
  return protectAdmin({
    issuers: new Map(own && [[own.issuer.identifier, own.issuer]]),
    opaque: own === undefined ? [] : [own.opaque],
  });
}

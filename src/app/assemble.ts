import { type Access, createAccess, type ProtectedApi } from '../access/index.ts';
import { protectAdmin } from '../admin/index.ts';
import type { Clock } from '../base/clock.ts';
import { adminSecretFile, type Config } from '../config/index.ts';
import type { HttpClient } from '../net/index.ts';
import type { Provider } from '../provider/index.ts';
import { createRevocations, type Revocations } from '../revocation/index.ts';
import type { Transmitter } from '../signals/index.ts';
import { StatusListMemory } from '../status/index.ts';
import type { SqliteStore } from '../store/sqlite/index.ts';
import { bootstrapAdmin } from './bootstrap-admin.ts';
import { type Generation, makeGeneration } from './generation.ts';
import { startHousekeeping } from './housekeeping.ts';
import { openStore } from './open-store.ts';
import { outboundClient } from './outbound.ts';
import { type OwnIssuer, ownIssuer } from './own-issuer.ts';
import { ownTransmitter, streamOptions } from './own-transmitter.ts';
import { providerOptions } from './provider-options.ts';
import { startProvider } from './start-provider.ts';
import { subjectTokenJudge } from './subject-token-judge.ts';

/** Everything that stands behind the listeners, joined. */
export interface House {
  readonly clock: Clock;
  readonly store: SqliteStore;
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
  /** Resolves when the revocation log was read to its end. Never waits for an issuer. */
  start(): Promise<void>;
  /** @throws whatever stands in the way; all stays as it was */
  reload(config: Config): Promise<void>;
  stop(): Promise<void>;
}

/** @throws StartupFailure where the store or a file that the configuration names cannot be used */
export async function assemble(config: Config, clock: Clock, onFailure: (error: unknown) => void): Promise<House> {
  const store = openStore(config.store, clock);
  const { maxStaleness, poll } = config.revocation;
  const revocations = createRevocations({
    log: store.revocationLog,
    clock,
    maxStalenessMs: maxStaleness,
    pollMs: poll,
  });
  const access = createAccess(revocations, {
    maxTokenLength: config.gateway.limits.token,
    cacheBytes: config.gateway.cache,
  });
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
    async start() {
      if (provider !== undefined) await bootstrapAdmin(store.clients, adminSecretFile(config.store), clock);
      generation.vouchers.registry.start();
      await revocations.follower.start();
      stopHousekeeping = startHousekeeping([revocations, provider ?? store.artifacts], clock, onFailure);
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
      revocations.follower.stop();
      await transmitter?.stop();
      await provider?.stop();
      await http.close();
      await store.close();
    },
  };
}

function protectedAdminApi(own: OwnIssuer | undefined): ProtectedApi {
  return protectAdmin({
    issuers: new Map(own && [[own.issuer.identifier, own.issuer]]),
    opaque: own === undefined ? [] : [own.opaque],
  });
}

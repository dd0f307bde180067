import type { Logger } from 'pino';
import type { OnRateTaken, RateTaking } from '../access/index.ts';
import type { ReadinessCheck } from '../admin/index.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../config/index.ts';
import { createObservability, type MetricValues } from '../observability/index.ts';
import { assemble, type Circumstances, type House } from './assemble.ts';
import { assembleEdge, type EdgeHouse } from './assemble-edge.ts';
import { gatewayName } from './gateway-name.ts';
import type { GatewayWorkers } from './gateway-workers.ts';
import { growUnderLoad } from './grow-under-load.ts';
import type { Listener } from './listeners.ts';
import { listenersFor } from './listeners-for.ts';
import type { LogOutput } from './open-log.ts';
import type { Role } from './roles.ts';
import type { Watch } from './watch.ts';

export interface ProcessOptions {
  /** Those that this process plays itself; none where it only keeps workers. */
  readonly roles: readonly Role[];
  readonly clock: Clock;
  readonly output: LogOutput;
  /** Its number, where it is one of several gateways. */
  readonly worker?: number | undefined;
  /** The gateways that it keeps, in processes of their own. */
  readonly workers?: GatewayWorkers | undefined;
  /** Called with each request that counts towards a rate. */
  readonly onRateTaken?: OnRateTaken | undefined;
}

/** One process of the program. */
export interface RunningProcess {
  readonly logger: Logger;
  /**
   * Resolves when every listener is open and the revocation log was read to its end.
   *
   * @throws StartupFailure where that cannot be; all that was opened is closed again
   */
  start(): Promise<void>;
  /** @throws whatever stands in the way; all stays as it was, in every process */
  reload(config: Config): Promise<void>;
  readiness(): Promise<readonly ReadinessCheck[]>;
  metrics(): Promise<MetricValues>;
  /** Counts what another process has granted by the same rates. */
  takeElsewhere(takings: readonly RateTaking[]): void;
  /** Lets what is under way finish, and closes everything. */
  stop(): Promise<void>;
}

/** @throws StartupFailure where the store or a file that the configuration names cannot be used */
export async function assembleProcess(config: Config, options: ProcessOptions): Promise<RunningProcess> {
  const { roles, clock, output, worker, workers, onRateTaken } = options;
  let house: House | EdgeHouse | undefined;
  let current = config;
  const observability = createObservability(
    { level: config.log.level, worker: worker === undefined ? undefined : gatewayName(config, worker) },
    {
      stream: output.stream,
      state: {
        rememberedTokens: () => house?.access.remembered ?? 0,
        revocations: () => house?.revocations.index.size ?? 0,
        revocationStalenessMs: () => house?.revocations.stalenessMs() ?? 0,
        workers: workers && (() => workers.serving),
      },
    },
  );
  const { logger } = observability;
  const onFailure = (error: unknown): void => logger.error({ err: error }, 'housekeeping failed');
  const circumstances = { clock, isGateway: roles.includes('gateway'), worker, onRateTaken, onFailure };
  if (needsHouse(config, options)) house = await assembleAny(config, circumstances);

  async function readiness(): Promise<readonly ReadinessCheck[]> {
    const checks = await Promise.all([house?.readiness() ?? [], workers?.readiness() ?? []]);
    return checks.flat();
  }
  async function metrics(): Promise<string> {
    return workers === undefined ? observability.metrics() : workers.metrics(await observability.metricValues());
  }
  const watch: Watch = { readiness, metrics };
  const listeners: readonly Listener[] = [workers ?? [], listenersFor(house, { config, clock, roles, watch })].flat();

  async function close(): Promise<void> {
    const { drain } = current.gateway.timeouts;
    await Promise.all(listeners.map((listener) => listener.close(drain)));
    await house?.stop();
    observability.stop();
  }

  return {
    logger,
    async start() {
      try {
        for (const listener of listeners) if (listener.isEarly === true) await listener.open();
        // All modules are there. What is read from the store now is garbage as soon as it is read.
        growUnderLoad();
        await house?.start();
        for (const listener of listeners) if (listener.isEarly !== true) await listener.open();
      } catch (error) {
        await close();
        throw error;
      }
    },
    async reload(next) {
      await house?.reload(next);
      try {
        await workers?.takeOver(next);
      } catch (error) {
        await house?.reload(current);
        throw error;
      }
      for (const listener of listeners) listener.reload();
      current = next;
    },
    readiness,
    metrics: () => observability.metricValues(),
    takeElsewhere(takings) {
      for (const taking of takings) house?.access.takeElsewhere(taking, clock());
    },
    stop: close,
  };
}

/** A process that only keeps workers has nothing behind it, nor has the main one of an edge. */
function needsHouse({ store }: Config, { roles, workers }: ProcessOptions): boolean {
  return workers === undefined || (store.kind !== 'none' && roles.length > 0);
}

async function assembleAny(config: Config, circumstances: Circumstances): Promise<House | EdgeHouse> {
  const { store } = config;
  return store.kind === 'none' ? assembleEdge(config, circumstances) : assemble({ ...config, store }, circumstances);
}

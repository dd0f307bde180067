import { type DestinationStream, destination } from 'pino';
import { type Clock, systemClock } from '../base/clock.ts';
import type { Config } from '../config/index.ts';
import { createObservability } from '../observability/index.ts';
import { assemble, type House } from './assemble.ts';
import { adminListener, gatewayListener, type Listener, providerListener } from './listeners.ts';

/** The three listeners of the program. Each can run alone. */
export const roles = ['gateway', 'provider', 'admin'] as const;
export type Role = (typeof roles)[number];

export interface ComposeOptions {
  readonly roles: readonly Role[];
  /** Default: standard output. */
  readonly logFile?: string | undefined;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
}

/** The running program. */
export interface Application {
  /**
   * Resolves when every listener is open and the revocation log was read to its end.
   *
   * @throws StartupFailure where that cannot be; all that was opened is closed again
   */
  start(): Promise<void>;
  /** New requests follow the new configuration; what is read at start only stays as it was. */
  reload(config: Config): Promise<void>;
  /** Says in the log that a changed configuration was refused and the old one goes on. */
  reportRefusedReload(report: string): void;
  /** Lets what is under way finish, and closes everything. */
  stop(): Promise<void>;
}

/** @throws StartupFailure where the store or a file that the configuration names cannot be used */
export async function compose(config: Config, options: ComposeOptions): Promise<Application> {
  const { clock = systemClock } = options;
  let house: House | undefined;
  const state = {
    rememberedTokens: () => house?.access.remembered ?? 0,
    revocations: () => house?.revocations.index.size ?? 0,
    revocationStalenessMs: () => house?.revocations.follower.stalenessMs(clock()) ?? 0,
  };
  const stream: DestinationStream = destination(options.logFile ?? 1);
  const { logger, metrics, stop: stopObserving } = createObservability({ level: config.log.level }, { stream, state });
  const assembled = await assemble(config, clock, (error) => logger.error({ err: error }, 'housekeeping failed'));
  house = assembled;
  const listeners = listenersOf(assembled, options.roles, metrics);

  async function stop(): Promise<void> {
    const { drain } = assembled.generation().config.gateway.timeouts;
    await Promise.all(listeners.map((listener) => listener.close(drain)));
    await assembled.stop();
    logger.info('stopped');
    stopObserving();
  }

  return {
    async start() {
      try {
        await assembled.start();
        for (const listener of listeners) await listener.open();
      } catch (error) {
        await stop();
        throw error;
      }
      logger.info({ roles: options.roles }, 'ready');
    },
    async reload(next) {
      await assembled.reload(next);
      for (const listener of listeners) listener.reload();
      logger.info('the new configuration is in force');
    },
    reportRefusedReload: (report) => logger.error({ report }, 'the new configuration is refused; the old one goes on'),
    stop,
  };
}

function listenersOf(house: House, wanted: readonly Role[], metrics: () => Promise<string>): readonly Listener[] {
  const make: Record<Role, () => Listener | undefined> = {
    gateway: () => gatewayListener(house),
    provider: () => providerListener(house),
    admin: () => adminListener(house, metrics),
  };
  return roles.filter((role) => wanted.includes(role)).flatMap((role) => make[role]() ?? []);
}

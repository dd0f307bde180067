import { openSync } from 'node:fs';
import { inspect } from 'node:util';
import { destination } from 'pino';
import { type Clock, systemClock } from '../base/clock.ts';
import { ForeseenFailure } from '../base/foreseen-failure.ts';
import type { Config } from '../config/index.ts';
import { createObservability, type TurnStream, writePerTurn } from '../observability/index.ts';
import { assemble, type Circumstances, type House } from './assemble.ts';
import { assembleEdge, type EdgeHouse } from './assemble-edge.ts';
import { StartupFailure } from './listener.ts';
import { adminListener, gatewayListener, type Listener, probeListener, providerListener } from './listeners.ts';
import { reasonToRestart, waitingSettings } from './read-at-start.ts';
import { roles as allRoles, type Role, rolesFor } from './roles.ts';
import { signalsListener } from './signals-listener.ts';

export interface ComposeOptions {
  /** Default: all that there can be. */
  readonly roles?: readonly Role[] | undefined;
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
  /**
   * New requests follow the new configuration; what is read at start only stays as it was, and is named in the log. One
   * that cannot be taken over changes nothing, and is reported there.
   */
  reload(config: Config): Promise<void>;
  /** Says in the log that a changed configuration was refused and the old one goes on. */
  reportRefusedReload(report: string): void;
  /** Lets what is under way finish, and closes everything. */
  stop(): Promise<void>;
}

/** @throws StartupFailure where the store or a file that the configuration names cannot be used */
export async function compose(config: Config, options: ComposeOptions): Promise<Application> {
  const { clock = systemClock } = options;
  let house: House | EdgeHouse | undefined;
  const state = {
    rememberedTokens: () => house?.access.remembered ?? 0,
    revocations: () => house?.revocations.index.size ?? 0,
    revocationStalenessMs: () => house?.revocations.stalenessMs() ?? 0,
  };
  const stream = openLog(options.logFile);
  const { logger, metrics, stop } = createObservability({ level: config.log.level }, { stream, state });
  const stopObserving = (): void => {
    stop();
    stream.close();
  };
  const roles = rolesFor(config, options.roles);
  const onFailure = (error: unknown): void => logger.error({ err: error }, 'housekeeping failed');
  const assembled = await assembleAny(config, { clock, isGateway: roles.includes('gateway'), onFailure });
  house = assembled;
  const listeners = listenersOf(assembled, roles, metrics);

  async function close(): Promise<void> {
    const { drain } = assembled.generation().config.gateway.timeouts;
    await Promise.all(listeners.map((listener) => listener.close(drain)));
    await assembled.stop();
  }
  const refuse = (report: string): void =>
    logger.error({ report }, 'the new configuration is refused; the old one goes on');

  return {
    async start() {
      try {
        for (const listener of listeners) if (listener.isEarly === true) await listener.open();
        await assembled.start();
        for (const listener of listeners) if (listener.isEarly !== true) await listener.open();
      } catch (error) {
        await close();
        stopObserving();
        throw error;
      }
      logger.info({ roles }, 'ready');
    },
    async reload(next) {
      const reason = reasonToRestart(config, next);
      if (reason !== undefined) return refuse(reason);
      try {
        await assembled.reload(next);
        for (const listener of listeners) listener.reload();
      } catch (error) {
        return refuse(error instanceof ForeseenFailure ? error.message : inspect(error));
      }
      logger.info('the new configuration is in force');
      const waiting = waitingSettings(config, next);
      if (waiting.length > 0) logger.warn({ settings: waiting }, 'some settings are read at start only: restart');
    },
    reportRefusedReload: refuse,
    async stop() {
      await close();
      logger.info('stopped');
      stopObserving();
    },
  };
}

/** @throws StartupFailure where the file cannot be written */
function openLog(file: string | undefined): TurnStream {
  try {
    return writePerTurn(destination(file === undefined ? 1 : openSync(file, 'a', 0o600)));
  } catch (error) {
    throw new StartupFailure(
      `cannot write the log: ${error instanceof Error ? error.message : error}. Remedy: let this user write there`,
    );
  }
}

async function assembleAny(config: Config, circumstances: Circumstances): Promise<House | EdgeHouse> {
  const { store } = config;
  return store.kind === 'none' ? assembleEdge(config, circumstances) : assemble({ ...config, store }, circumstances);
}

function listenersOf(
  house: House | EdgeHouse,
  wanted: readonly Role[],
  metrics: () => Promise<string>,
): readonly Listener[] {
  const isEdge = house.store === undefined;
  const make: Record<Role, () => Listener | undefined> = {
    gateway: () => gatewayListener(house),
    provider: () => (isEdge ? undefined : providerListener(house)),
    admin: () => (isEdge ? probeListener(house, metrics) : adminListener(house, metrics)),
    signals: () => (isEdge ? undefined : signalsListener(house)),
  };
  return allRoles.filter((role) => wanted.includes(role)).flatMap((role) => make[role]() ?? []);
}

import { inspect } from 'node:util';
import { type Clock, systemClock } from '../base/clock.ts';
import { ForeseenFailure } from '../base/foreseen-failure.ts';
import type { Config } from '../config/index.ts';
import { assembleProcess } from './assemble-process.ts';
import { GatewayWorkers, type GatewayWorkersOptions } from './gateway-workers.ts';
import { StartupFailure } from './listener.ts';
import { openLog } from './open-log.ts';
import { reasonToRestart, waitingSettings } from './read-at-start.ts';
import { type Role, rolesFor } from './roles.ts';

export interface ComposeOptions {
  /** Default: all that there can be. */
  readonly roles?: readonly Role[] | undefined;
  /** Default: standard output. */
  readonly logFile?: string | undefined;
  /** Default: the system's. Workers have the system's always. */
  readonly clock?: Clock | undefined;
  /** What a gateway worker is started by: it calls `runWorker`. Needed where the configuration asks for several. */
  readonly workerProgram?: GatewayWorkersOptions['program'] | undefined;
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
  const { clock = systemClock, workerProgram } = options;
  const roles = rolesFor(config, options.roles);
  const count = roles.includes('gateway') ? config.gateway.workers : 1;
  const output = openLog(count > 1, options.logFile);
  const workers =
    count === 1
      ? undefined
      : new GatewayWorkers(config, { program: needed(workerProgram), count, output: output.descriptor });
  const own = workers === undefined ? roles : roles.filter((role) => role !== 'gateway');
  const main = await assembleProcess(config, { roles: own, clock, output, workers });
  const { logger } = main;
  const refuse = (report: string): void =>
    logger.error({ report }, 'the new configuration is refused; the old one goes on');

  return {
    async start() {
      try {
        await main.start();
      } catch (error) {
        output.stream.close();
        throw error;
      }
      logger.info({ roles, ...(workers === undefined ? {} : { workers: count }) }, 'ready');
    },
    async reload(next) {
      const reason = reasonToRestart(config, next);
      if (reason !== undefined) return refuse(reason);
      try {
        await main.reload(next);
      } catch (error) {
        return refuse(error instanceof ForeseenFailure ? error.message : inspect(error));
      }
      logger.info('the new configuration is in force');
      const waiting = waitingSettings(config, next);
      if (waiting.length > 0) logger.warn({ settings: waiting }, 'some settings are read at start only: restart');
    },
    reportRefusedReload: refuse,
    async stop() {
      await main.stop();
      logger.info('stopped');
      output.stream.close();
    },
  };
}

function needed(program: ComposeOptions['workerProgram']): GatewayWorkersOptions['program'] {
  if (program !== undefined) return program;
  throw new StartupFailure('several workers are started by the program alone (gateway.workers). Remedy: write 1');
}

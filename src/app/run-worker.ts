import { systemClock } from '../base/clock.ts';
import { type PackedConfig, unpackConfig } from '../config/index.ts';
import { type Fellows, serveMain } from '../workers/index.ts';
import { assembleProcess, type RunningProcess } from './assemble-process.ts';
import { openLog } from './open-log.ts';
import { tellRates } from './tell-rates.ts';
import type { StartOrder, WorkerDuties, WorkerNews } from './worker-duties.ts';

/**
 * Makes this process one of several gateways; the main process says what to do.
 *
 * @throws ForeseenFailure where there is none
 */
export function runWorker(): void {
  let running: Promise<RunningProcess> | undefined;
  const gateway = (): Promise<RunningProcess> => running ?? Promise.reject(new Error('The worker was not started.'));

  function duties({ tell }: Fellows): WorkerDuties {
    return {
      async start(order) {
        running = start(order, (takings: WorkerNews) => tell(takings));
        await running;
      },
      reload: async (config: PackedConfig) => (await gateway()).reload(unpackConfig(config)),
      readiness: async () => (await gateway()).readiness(),
      metrics: async () => (await gateway()).metrics(),
      async stop() {
        await (await gateway()).stop();
        process.exit();
      },
    };
  }

  serveMain(duties, (news) => void running?.then((process) => process.takeElsewhere(news as WorkerNews)));
}

async function start({ config, number }: StartOrder, tell: (takings: WorkerNews) => void): Promise<RunningProcess> {
  const gateway = await assembleProcess(unpackConfig(config), {
    roles: ['gateway'],
    clock: systemClock,
    output: openLog(true),
    worker: number,
    onRateTaken: tellRates(tell),
  });
  await gateway.start();
  return gateway;
}

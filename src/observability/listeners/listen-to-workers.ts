import { workerLost, workerStarted } from '../../workers/index.ts';
import type { Listener } from './listener.ts';

export const listenToWorkers: Listener = (logger, metrics) => [
  workerStarted.listen(({ number, pid }) => logger.info({ number, pid }, 'gateway worker started')),
  workerLost.listen(({ number, pid, reason, retryMs }) => {
    metrics.workersLost.inc();
    logger.error({ number, pid, reason, retry_ms: retryMs }, 'gateway worker lost; another takes its place');
  }),
];

import type { DestinationStream, Logger } from 'pino';
import { listenToAdmin } from './listeners/listen-to-admin.ts';
import { listenToGateway } from './listeners/listen-to-gateway.ts';
import { listenToIssuers } from './listeners/listen-to-issuers.ts';
import { listenToOpaque } from './listeners/listen-to-opaque.ts';
import { listenToProvider } from './listeners/listen-to-provider.ts';
import { listenToRevocations } from './listeners/listen-to-revocations.ts';
import { listenToSignals } from './listeners/listen-to-signals.ts';
import { listenToStatus } from './listeners/listen-to-status.ts';
import { listenToWorkers } from './listeners/listen-to-workers.ts';
import { createLogger, type LogLevel } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { observeState, type ProcessState } from './observe-state.ts';
import type { MetricValues } from './program-metrics.ts';

export interface ObservabilityOptions {
  /** Default `info`. */
  readonly level?: LogLevel | undefined;
  /** Which of several processes this is, for each line. Default: the only one. */
  readonly worker?: string | undefined;
}

export interface ObservabilityDependencies {
  /** Where the lines go. Default: standard output. */
  readonly stream?: DestinationStream | undefined;
  /** What is read when metrics are asked for; a part that this process does not play is left out. */
  readonly state?: ProcessState | undefined;
}

export interface Observability {
  readonly logger: Logger;
  /** In the Prometheus text format. */
  metrics(): Promise<string>;
  /** The same, for `ProgramMetrics`. */
  metricValues(): Promise<MetricValues>;
  stop(): void;
}

const listeners = [
  listenToGateway,
  listenToOpaque,
  listenToIssuers,
  listenToStatus,
  listenToRevocations,
  listenToProvider,
  listenToSignals,
  listenToAdmin,
  listenToWorkers,
];

/** Logs and metrics of a whole process: every module announces, this listens, and nobody knows of it. */
export function createObservability(
  { level = 'info', worker }: ObservabilityOptions,
  { stream = process.stdout, state = {} }: ObservabilityDependencies,
): Observability {
  const logger = createLogger(level, stream, worker);
  const metrics = createMetrics();
  observeState(metrics.registry, state);
  const stops = listeners.flatMap((listen) => listen(logger, metrics, stream));
  return Object.freeze({
    logger,
    metrics: () => metrics.registry.metrics(),
    metricValues: () => metrics.registry.getMetricsAsJSON(),
    stop() {
      for (const stop of stops) stop();
      metrics.registry.clear();
    },
  });
}

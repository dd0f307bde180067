export {
  createObservability,
  type Observability,
  type ObservabilityDependencies,
  type ObservabilityOptions,
} from './create-observability.ts';
export { gatherLines, type LineStream } from './gather-lines.ts';
export type { LogLevel } from './logger.ts';
export type { ProcessState } from './observe-state.ts';
export { type MetricValues, ProgramMetrics } from './program-metrics.ts';

import type { AdminDependencies } from './admin-dependencies.ts';
import type { Admin, AdminOptions } from './create-admin.ts';
import { createApp, listenerOf } from './create-app.ts';
import { metricsEndpoint } from './endpoints/metrics-endpoint.ts';
import { guardHost } from './guard-host.ts';

export type OpenMetricsDependencies = Pick<AdminDependencies, 'clock' | 'metrics'>;

/**
 * What is left of the admin API, besides the probes, in a gateway without a database, which can judge no token of an
 * operator: the metrics where they are open.
 */
export function createOpenMetrics(
  options: AdminOptions,
  dependencies: OpenMetricsDependencies,
): Pick<Admin, 'handler'> {
  const app = createApp(dependencies.clock);
  app.use(guardHost(options.hosts ?? []));
  if (options.metrics === 'open') metricsEndpoint(app, dependencies);
  return Object.freeze({ handler: listenerOf(app) });
}

import type { AdminDependencies } from './admin-dependencies.ts';
import type { Admin, AdminOptions } from './create-admin.ts';
import { createApp, listenerOf } from './create-app.ts';
import { metricsEndpoint } from './endpoints/metrics-endpoint.ts';
import { probeEndpoints } from './endpoints/probe-endpoints.ts';
import { guardHost } from './guard-host.ts';

export type Probes = Pick<Admin, 'handler'>;
export type ProbesDependencies = Pick<AdminDependencies, 'clock' | 'readiness' | 'metrics'>;

/**
 * What is left of the admin API in a gateway without a database, which can judge no token of an operator: the probes,
 * and the metrics where they are open.
 */
export function createProbes(options: AdminOptions, dependencies: ProbesDependencies): Probes {
  const app = createApp(dependencies.clock);
  probeEndpoints(app, dependencies);
  app.use(guardHost(options.hosts ?? []));
  if (options.metrics === 'open') metricsEndpoint(app, dependencies);
  return Object.freeze({ handler: listenerOf(app) });
}

import { createRoute, z } from '@hono/zod-openapi';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { refusals } from '../documented-refusals.ts';

const metricsRoute = createRoute({
  method: 'get',
  path: '/metrics',
  summary: 'Metrics for Prometheus',
  description:
    'Needs a token as everything else does, which Prometheus gets by itself (`oauth2` in its scrape configuration), ' +
    'unless `admin.metrics` is `open`.',
  responses: {
    200: { description: 'The text format of Prometheus.', content: { 'text/plain': { schema: z.string() } } },
    ...refusals,
  },
});

export function metricsEndpoint(app: AdminApp, { metrics }: Pick<AdminDependencies, 'metrics'>): void {
  app.openapi(metricsRoute, async (c) =>
    c.text(await metrics(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );
}

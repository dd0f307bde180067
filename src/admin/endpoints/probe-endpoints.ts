import { createRoute, z } from '@hono/zod-openapi';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { jsonAnswer } from '../wire.ts';

const live = createRoute({
  method: 'get',
  path: '/livez',
  summary: 'Whether this process runs',
  security: [],
  responses: { 200: jsonAnswer('It does.', z.object({ live: z.literal(true) })) },
});

const readySchema = z
  .object({ ready: z.boolean(), checks: z.array(z.object({ name: z.string(), ready: z.boolean() })) })
  .openapi('Readiness');

const ready = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Whether this process can serve requests',
  security: [],
  responses: { 200: jsonAnswer('It can.', readySchema), 503: jsonAnswer('It cannot; see which check.', readySchema) },
});

/** For those who start, stop and balance processes: no token, and nothing to learn but yes or no. */
export function probeEndpoints(app: AdminApp, { readiness }: Pick<AdminDependencies, 'readiness'>): void {
  app.openapi(live, (c) => c.json({ live: true as const }, 200));

  app.openapi(ready, async (c) => {
    const checks = (await readiness()).map(({ name, ready: passed }) => ({ name, ready: passed }));
    const all = checks.every((check) => check.ready);
    return all ? c.json({ ready: true, checks }, 200) : c.json({ ready: false, checks }, 503);
  });
}

import { z } from '@hono/zod-openapi';
import type { AdminApp } from '../admin-env.ts';
import { jsonAnswer } from '../wire.ts';

const readySchema = z
  .object({ ready: z.boolean(), checks: z.array(z.object({ name: z.string(), ready: z.boolean() })) })
  .openapi('Readiness');

/** Describes the probes, which are answered before a call comes here: see answer-probe.ts. */
export function describeProbes({ openAPIRegistry }: AdminApp): void {
  openAPIRegistry.registerPath({
    method: 'get',
    path: '/livez',
    summary: 'Whether this process runs',
    security: [],
    responses: { 200: jsonAnswer('It does.', z.object({ live: z.literal(true) })) },
  });
  openAPIRegistry.registerPath({
    method: 'get',
    path: '/readyz',
    summary: 'Whether this process can serve requests',
    security: [],
    responses: { 200: jsonAnswer('It can.', readySchema), 503: jsonAnswer('It cannot; see which check.', readySchema) },
  });
}

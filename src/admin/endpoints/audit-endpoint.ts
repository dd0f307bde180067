import { createRoute, z } from '@hono/zod-openapi';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import type { AuditRecord } from '../audit-log.ts';
import { refusals } from '../documented-refusals.ts';
import { cursorFault, page, pageOf, pageQuery, readCursor } from '../page.ts';
import { problem } from '../problem.ts';
import { isoTime, jsonAnswer, jsonOf, textSchema } from '../wire.ts';

const recordSchema = z
  .object({
    seq: z.number().int(),
    at: z.string(),
    actor: z.string(),
    action: z.string(),
    target: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .openapi('AuditRecord');

const list = createRoute({
  method: 'get',
  path: '/audit',
  summary: 'List who did what and when, newest first',
  request: {
    query: z.strictObject({
      ...pageQuery,
      actor: textSchema.optional(),
      action: textSchema.optional(),
      target: textSchema.optional(),
    }),
  },
  responses: { 200: jsonAnswer('A page of the audit log.', pageOf(recordSchema)), ...refusals },
});

export function auditEndpoint(app: AdminApp, { audit }: AdminDependencies): void {
  app.openapi(list, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const position = readCursor(cursor, z.tuple([z.number().int()]));
    if (position === 'malformed') return problem(c, 'input_invalid', [cursorFault]);
    const records = await audit.list({ ...filter, before: position?.[0], limit: limit + 1 });
    return c.json(
      page(records, limit, describe, ({ seq }) => [seq]),
      200,
    );
  });
}

function describe({ seq, at, actor, action, target, details }: AuditRecord): z.infer<typeof recordSchema> {
  return { seq, at: isoTime(at), actor, action, target, details: jsonOf(details) };
}

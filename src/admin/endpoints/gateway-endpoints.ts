import { createRoute, z } from '@hono/zod-openapi';
import { readPosition } from '../../revocation/index.ts';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { refusals } from '../documented-refusals.ts';
import { admitFollowers } from '../following/admit-followers.ts';
import { limitBody } from '../limit-body.ts';
import { problem } from '../problem.ts';
import { takesNoBody } from '../takes-no-body.ts';
import { jsonBody, timeSchema } from '../wire.ts';

const params = z.strictObject({ id: z.uuid().openapi({ description: 'By chance, for one run of one process.' }) });

const report = z
  .strictObject({
    name: z.string().min(1).max(256).openapi({ description: 'For people.' }),
    started_at: timeSchema,
    applied: z.string().openapi({ description: 'The `id` of the event up to which the log is in force there.' }),
    lease_ms: z.number().int().min(100).max(600_000).openapi({
      description: 'When it was silent for that long, it refuses by itself.',
    }),
  })
  .openapi('GatewayReport');

/** How a gateway without a database is counted by receipts: it says what others write to the store. */
export function gatewayReportEndpoints(app: AdminApp, dependencies: AdminDependencies): void {
  const { roster } = dependencies;
  const middleware = [admitFollowers(dependencies), limitBody];

  const put = createRoute({
    method: 'put',
    path: '/gateways/{id}',
    summary: 'Report that a gateway is there, and how far it has come',
    description: 'Takes the scope `gatehouse:follow`, too.',
    middleware,
    request: { params, body: jsonBody(report) },
    responses: { 204: { description: 'Others can see it.' }, ...refusals },
  });
  app.openapi(put, async (c) => {
    const { name, started_at, applied: written, lease_ms } = c.req.valid('json');
    const applied = readPosition(written);
    if (applied === undefined) return problem(c, 'input_invalid', [{ path: 'applied', reason: 'is no position' }]);
    const { id } = c.req.valid('param');
    await roster.report({ id, name, startedAt: Date.parse(started_at), applied, leaseMs: lease_ms });
    return c.body(null, 204);
  });

  const remove = createRoute({
    method: 'delete',
    path: '/gateways/{id}',
    summary: 'Report that a gateway decides nothing any more',
    description: 'Takes the scope `gatehouse:follow`, too.',
    middleware: [...middleware, takesNoBody],
    request: { params },
    responses: { 204: { description: 'Nobody waits for it.' }, ...refusals },
  });
  app.openapi(remove, async (c) => {
    await roster.withdraw(c.req.valid('param').id);
    return c.body(null, 204);
  });
}

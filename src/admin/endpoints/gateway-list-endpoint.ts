import { createRoute, z } from '@hono/zod-openapi';
import type { ListedGateway } from '../../revocation/index.ts';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { refusals } from '../documented-refusals.ts';
import { isoTime, jsonAnswer } from '../wire.ts';

const gatewaySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    started_at: z.string(),
    applied_seq: z.number().int().openapi({ description: 'The last revocation that is in force there.' }),
    silent_ms: z.number().openapi({ description: 'Since it was last heard of.' }),
    live: z.boolean().openapi({
      description:
        'False: nothing was heard of it for its whole lease, and it refuses by itself until it has caught up.',
    }),
  })
  .openapi('Gateway');

const list = createRoute({
  method: 'get',
  path: '/gateways',
  summary: 'List the gateways, and how far each has come',
  responses: {
    200: jsonAnswer(
      'All that were heard of lately.',
      z.object({
        items: z.array(gatewaySchema),
        head_seq: z.number().int().openapi({ description: 'The last revocation of the log.' }),
      }),
    ),
    ...refusals,
  },
});

export function gatewayListEndpoint(app: AdminApp, { roster, revocations }: AdminDependencies): void {
  app.openapi(list, async (c) => {
    // The end of the log first: by what comes later, no gateway is behind yet.
    const head = await revocations.log.head();
    const { gateways } = await roster.list();
    return c.json({ items: gateways.map(describe), head_seq: head }, 200);
  });
}

function describe({ id, name, startedAt, applied, silentMs, leaseMs }: ListedGateway): z.infer<typeof gatewaySchema> {
  return {
    id,
    name,
    started_at: isoTime(startedAt),
    applied_seq: applied.seq,
    silent_ms: Math.round(silentMs),
    live: silentMs < leaseMs,
  };
}

import { z } from '@hono/zod-openapi';
import type { IntrospectionHealth } from '../../opaque/index.ts';
import { isoTime, isoTimeOr, jsonOf } from '../wire.ts';

export const introspectionSchema = z
  .object({
    endpoint: z.string().openapi({ description: 'Without its query.' }),
    state: z.enum(['waiting', 'ok', 'failing', 'open']).openapi({
      description: '`waiting`: not asked yet. `open`: it failed so often in a row that it is left alone for a while.',
    }),
    last_success: z.string().nullable(),
    last_failure: z
      .object({
        at: z.string(),
        code: z.string(),
        title: z.string(),
        remedy: z.string(),
        facts: z.record(z.string(), z.unknown()),
      })
      .nullable()
      .openapi({ description: 'Stays after a success; `failures` says whether it counts.' }),
    failures: z.number().int().openapi({ description: 'In a row.' }),
    next_attempt: z.string().nullable(),
    remembered: z.object({ active: z.number().int(), inactive: z.number().int() }),
    asking: z.number().int(),
    waiting: z.number().int(),
  })
  .openapi('IntrospectionHealth');

export function describeIntrospection(health: IntrospectionHealth): z.infer<typeof introspectionSchema> {
  const { endpoint, state, lastSuccess, lastFailure, failures, nextAttempt, remembered, asking, waiting } = health;
  return {
    endpoint,
    state,
    last_success: isoTimeOr(lastSuccess),
    last_failure: lastFailure === undefined ? null : describeFailure(lastFailure),
    failures,
    next_attempt: isoTimeOr(nextAttempt),
    remembered: { ...remembered },
    asking,
    waiting,
  };
}

function describeFailure({ at, failure }: NonNullable<IntrospectionHealth['lastFailure']>) {
  const { code, title, remedy, facts } = failure;
  return { at: isoTime(at), code, title, remedy, facts: jsonOf(facts) };
}

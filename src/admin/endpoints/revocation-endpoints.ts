import { createRoute, z } from '@hono/zod-openapi';
import { type Revocation, revocationKinds } from '../../revocation/index.ts';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { notFound, refusals } from '../documented-refusals.ts';
import { cursorFault, page, pageOf, pageQuery, readCursor } from '../page.ts';
import { problem } from '../problem.ts';
import { planRevocation } from '../revocations/plan-revocation.ts';
import { revocationInput } from '../revocations/revocation-input.ts';
import { isoTime, jsonAnswer, jsonBody, textSchema } from '../wire.ts';

const kinds = Object.keys(revocationKinds) as (keyof typeof revocationKinds)[];

const revocationSchema = z
  .object({
    seq: z.number().int(),
    at: z.string(),
    issuer: z.string(),
    kind: z.enum(kinds),
    value: z.string(),
    client: z.string().optional(),
    before: z.string().optional(),
    expires_at: z.string(),
    reason: z.string().optional(),
    actor: z.string(),
  })
  .openapi('Revocation');

const create = createRoute({
  method: 'post',
  path: '/revocations',
  summary: 'Revoke a token, or all tokens of a subject, client, session, key or issuer',
  description:
    'When this is answered, the revocation is durable and the next request with such a token is refused here. ' +
    'A token may take two entries: one for each signature that is good for it.',
  request: { body: jsonBody(revocationInput) },
  responses: { 201: jsonAnswer('Revoked.', z.object({ items: z.array(revocationSchema) })), ...refusals },
});

const list = createRoute({
  method: 'get',
  path: '/revocations',
  summary: 'List revocations, newest first; or follow the log',
  description:
    'With `Accept: text/event-stream`, for which the scope `gatehouse:follow` is enough: the log as server-sent events, ' +
    'from the start or from `Last-Event-ID` on. See docs/revocation.md.',
  request: {
    query: z.strictObject({
      ...pageQuery,
      issuer: textSchema.optional(),
      kind: z.enum(kinds).optional(),
      value: textSchema.optional(),
      actor: textSchema.optional(),
    }),
  },
  responses: {
    200: {
      description: 'A page of revocations, or a stream of events.',
      content: {
        'application/json': { schema: pageOf(revocationSchema) },
        'text/event-stream': { schema: z.string() },
      },
    },
    ...refusals,
  },
});

const show = createRoute({
  method: 'get',
  path: '/revocations/{seq}',
  summary: 'Show one revocation',
  request: { params: z.strictObject({ seq: z.coerce.number().int().positive() }) },
  responses: { 200: jsonAnswer('The revocation.', revocationSchema), ...refusals, ...notFound },
});

export function revocationEndpoints(app: AdminApp, { revocations, issuers, self }: AdminDependencies): void {
  app.openapi(create, async (c) => {
    const context = { issuers: issuers(), self: self(), now: c.get('now'), actor: c.get('actor') };
    const plan = planRevocation(c.req.valid('json'), context);
    if (!plan.ok) return problem(c, 'input_invalid', plan.faults);
    const revoked = await revocations.revoke(plan.entries);
    return c.json({ items: revoked.map(describe) }, 201);
  });

  app.openapi(list, async (c) => {
    const { limit, cursor, ...filter } = c.req.valid('query');
    const position = readCursor(cursor, z.tuple([z.number().int()]));
    if (position === 'malformed') return problem(c, 'input_invalid', [cursorFault]);
    const rows = await revocations.list({ ...filter, beforeSeq: position?.[0], limit: limit + 1 });
    return c.json(
      page(rows, limit, describe, ({ seq }) => [seq]),
      200,
    );
  });

  app.openapi(show, async (c) => {
    const { seq } = c.req.valid('param');
    const [found] = await revocations.list({ beforeSeq: seq + 1, limit: 1 });
    return found?.seq === seq ? c.json(describe(found), 200) : problem(c, 'resource_unknown');
  });
}

function describe({ before, at, expiresAt, client, reason, ...rest }: Revocation): z.infer<typeof revocationSchema> {
  return {
    seq: rest.seq,
    at: isoTime(at),
    issuer: rest.issuer,
    kind: rest.kind,
    value: rest.value,
    ...(client === undefined ? {} : { client }),
    ...(before === undefined ? {} : { before: isoTime(before * 1000) }),
    expires_at: isoTime(expiresAt),
    ...(reason === undefined ? {} : { reason }),
    actor: rest.actor,
  };
}

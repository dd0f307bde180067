import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp, AdminEnv } from '../admin-env.ts';
import { notFound, refusals } from '../documented-refusals.ts';
import { cursorFault, page, pageOf, pageQuery, readCursor } from '../page.ts';
import { problem } from '../problem.ts';
import { issuerNamed, issuerUnknown } from '../revocations/issuer-named.ts';
import { planRevocation, type RevocationContext } from '../revocations/plan-revocation.ts';
import { reachOf } from '../revocations/reach.ts';
import { describeGateway, describeReceipt, gatewaysSchema, receiptSchema } from '../revocations/receipt-view.ts';
import { revocationInput } from '../revocations/revocation-input.ts';
import { describeRevocation, kindNames, revocationSchema } from '../revocations/revocation-view.ts';
import { jsonAnswer, jsonBody, textSchema, timeSchema } from '../wire.ts';

const create = createRoute({
  method: 'post',
  path: '/revocations',
  summary: 'Revoke a token, or all tokens of a subject, client, session, key or issuer',
  description:
    'When this is answered, the revocation is durable and the next request with such a token is refused here. ' +
    'A token may take two entries: one for each signature that is good for it. With `wait`, the answer comes when it ' +
    'is so on every gateway, or when the time is up, and has a receipt.',
  request: { body: jsonBody(revocationInput) },
  responses: {
    201: jsonAnswer('Revoked.', z.object({ items: z.array(revocationSchema), receipt: receiptSchema.optional() })),
    ...refusals,
  },
});

const reach = createRoute({
  method: 'post',
  path: '/revocations/reach',
  summary: 'Say how many tokens a revocation would hit, without revoking',
  request: { body: jsonBody(revocationInput) },
  responses: {
    200: jsonAnswer(
      'How many.',
      z.object({
        issued: z.number().int().nullable().openapi({
          description: 'Tokens of ours that have not expired; null where that cannot be counted.',
        }),
        seen: z.number().int().nullable().openapi({
          description: 'Tokens that this process has let in lately; null where it decides about none.',
        }),
      }),
    ),
    ...refusals,
  },
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
      issuer: textSchema.optional().openapi({
        description:
          "The issuer's name in the configuration, or its identifier, which need not be configured any more.",
      }),
      kind: z.enum(kindNames).optional(),
      value: textSchema.optional(),
      actor: textSchema.optional(),
      since: timeSchema.optional().openapi({ description: 'What was revoked at this time or later.' }),
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
  summary: 'Show one revocation, and where it is in force',
  request: { params: z.strictObject({ seq: z.coerce.number().int().positive() }) },
  responses: {
    200: jsonAnswer('The revocation.', revocationSchema.extend({ gateways: gatewaysSchema })),
    ...refusals,
    ...notFound,
  },
});

export function revocationEndpoints(app: AdminApp, dependencies: AdminDependencies): void {
  const { revocations } = dependencies;

  app.openapi(create, async (c) => {
    const { wait, ...input } = c.req.valid('json');
    const plan = await planRevocation(input, contextOf(c, dependencies));
    if (!plan.ok) return problem(c, 'input_invalid', plan.faults);
    if (wait === undefined) {
      const revoked = await revocations.revoke(plan.entries);
      return c.json({ items: revoked.map(describeRevocation) }, 201);
    }
    const { entries, receipt } = await revocations.revokeEverywhere(plan.entries, wait * 1000);
    return c.json({ items: entries.map(describeRevocation), receipt: describeReceipt(receipt) }, 201);
  });

  app.openapi(reach, async (c) => {
    const plan = await planRevocation(c.req.valid('json'), contextOf(c, dependencies));
    if (!plan.ok) return problem(c, 'input_invalid', plan.faults);
    const { issued, seen } = await reachOf(plan.entries, c.get('now'), dependencies);
    return c.json({ issued: issued ?? null, seen: seen ?? null }, 200);
  });

  app.openapi(list, async (c) => {
    const { limit, cursor, issuer, since, ...filter } = c.req.valid('query');
    const position = readCursor(cursor, z.tuple([z.number().int()]));
    if (position === 'malformed') return problem(c, 'input_invalid', [cursorFault]);
    const issuers = dependencies.issuers();
    const known = issuerNamed(issuer, issuers);
    if (issuer !== undefined && known === undefined && !URL.canParse(issuer)) {
      return problem(c, 'input_invalid', [issuerUnknown(issuers)]);
    }
    const rows = await revocations.list({
      ...filter,
      issuer: known?.identifier ?? issuer,
      since: since === undefined ? undefined : Date.parse(since),
      beforeSeq: position?.[0],
      limit: limit + 1,
    });
    return c.json(
      page(rows, limit, describeRevocation, ({ seq }) => [seq]),
      200,
    );
  });

  app.openapi(show, async (c) => {
    const { seq } = c.req.valid('param');
    const [found] = await revocations.list({ beforeSeq: seq + 1, limit: 1 });
    if (found?.seq !== seq) return problem(c, 'resource_unknown');
    const gateways = await revocations.whereInForce(seq);
    return c.json({ ...describeRevocation(found), gateways: gateways.map(describeGateway) }, 200);
  });
}

function contextOf(c: Context<AdminEnv>, { issuers, self, provider }: AdminDependencies): RevocationContext {
  return { issuers: issuers(), self: self(), provider, now: c.get('now'), actor: c.get('actor') };
}

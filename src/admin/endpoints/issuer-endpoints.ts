import { createRoute, z } from '@hono/zod-openapi';
import type { Issuer } from '../../issuers/index.ts';
import { kindOf, type Rejection } from '../../protocol/rejection.ts';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { notFound, refusals } from '../documented-refusals.ts';
import { problem } from '../problem.ts';
import { isoTimeOr, jsonAnswer, jsonOf, textSchema } from '../wire.ts';

const keyHealthSchema = z
  .object({
    state: z.enum(['waiting', 'fresh', 'stale', 'unavailable', 'unused']),
    jwks_uri: z.string().nullable(),
    last_success: z.string().nullable(),
    last_attempt: z.string().nullable(),
    next_fetch: z.string().nullable(),
    usable_until: z.string().nullable(),
    keys: z.array(z.object({ kid: z.string().nullable(), kty: z.string(), algorithms: z.array(z.string()) })),
    skipped: z.array(z.object({ kid: z.string().nullable(), reason: z.string() })),
    failure: z
      .object({ code: z.string(), title: z.string(), remedy: z.string(), facts: z.record(z.string(), z.unknown()) })
      .nullable(),
    warnings: z.array(z.string()),
  })
  .openapi('KeyHealth');

const issuerSchema = z
  .object({
    name: z.string(),
    identifier: z.string(),
    accepted_issuers: z.array(z.string()).openapi({ description: 'Every `iss` that its tokens may carry.' }),
    algorithms: z.array(z.string()),
    refusal: z.string().nullable().openapi({ description: 'Why no JWT of it is accepted, if so.' }),
    keys: keyHealthSchema,
  })
  .openapi('Issuer');

const list = createRoute({
  method: 'get',
  path: '/issuers',
  summary: 'List the issuers and the health of their keys',
  responses: { 200: jsonAnswer('All issuers.', z.object({ items: z.array(issuerSchema) })), ...refusals },
});

const show = createRoute({
  method: 'get',
  path: '/issuers/{name}',
  summary: 'Show the issuers of a name: one, or one for each tenant',
  request: { params: z.strictObject({ name: textSchema }) },
  responses: {
    200: jsonAnswer('The issuers.', z.object({ items: z.array(issuerSchema) })),
    ...refusals,
    ...notFound,
  },
});

export function issuerEndpoints(app: AdminApp, { issuers }: AdminDependencies): void {
  app.openapi(list, (c) => c.json({ items: issuers().map(describe) }, 200));

  app.openapi(show, (c) => {
    const { name } = c.req.valid('param');
    const items = issuers()
      .filter((issuer) => issuer.name === name)
      .map(describe);
    return items.length > 0 ? c.json({ items }, 200) : problem(c, 'resource_unknown');
  });
}

function describe(issuer: Issuer): z.infer<typeof issuerSchema> {
  return {
    name: issuer.name,
    identifier: issuer.identifier,
    accepted_issuers: [...issuer.expectation.issuers],
    algorithms: [...issuer.expectation.algorithms],
    refusal: reasonOf(issuer.refusal),
    keys: describeKeys(issuer),
  };
}

function reasonOf(refusal: Rejection | undefined): string | null {
  if (refusal === undefined) return null;
  const { reason } = refusal.facts;
  return typeof reason === 'string' ? reason : kindOf(refusal).title;
}

function describeKeys({ keys }: Issuer): z.infer<typeof keyHealthSchema> {
  const health = keys.health();
  return {
    state: health.state,
    jwks_uri: health.jwksUri ?? null,
    last_success: isoTimeOr(health.lastSuccess),
    last_attempt: isoTimeOr(health.lastAttempt),
    next_fetch: isoTimeOr(health.nextFetch),
    usable_until: isoTimeOr(health.usableUntil),
    keys: health.keys.map(({ kid, kty, algorithms }) => ({ kid: kid ?? null, kty, algorithms: [...algorithms] })),
    skipped: health.skipped.map(({ kid, reason }) => ({ kid: kid ?? null, reason })),
    failure: health.failure === undefined ? null : describeFailure(health.failure),
    warnings: [...health.warnings],
  };
}

function describeFailure(failure: NonNullable<ReturnType<Issuer['keys']['health']>['failure']>) {
  const { code, title, remedy, facts } = failure;
  return { code, title, remedy, facts: jsonOf(facts) };
}

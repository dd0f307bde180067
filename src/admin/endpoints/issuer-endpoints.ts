import { createRoute, z } from '@hono/zod-openapi';
import type { Issuer } from '../../issuers/index.ts';
import type { IntrospectionHealth } from '../../opaque/index.ts';
import { kindOf, type Rejection } from '../../protocol/rejection.ts';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { notFound, refusals } from '../documented-refusals.ts';
import { describeIntrospection, introspectionSchema } from '../issuers/introspection-form.ts';
import { problem } from '../problem.ts';
import { isoTimeOr, jsonAnswer, jsonOf, textSchema } from '../wire.ts';

const keyHealthSchema = z
  .object({
    state: z.enum(['waiting', 'fresh', 'stale', 'unavailable', 'unused']),
    discovery: z.string().nullable().openapi({ description: 'The discovery document that named the key set.' }),
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
    introspection: introspectionSchema.nullable().openapi({ description: 'Null where it is not asked about tokens.' }),
  })
  .openapi('Issuer');

const list = createRoute({
  method: 'get',
  path: '/issuers',
  summary: 'List the issuers, and how they stand',
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

export function issuerEndpoints(app: AdminApp, { issuers, introspections }: AdminDependencies): void {
  const describe = (issuer: Issuer) => describeIssuer(issuer, introspections());
  app.openapi(list, (c) => c.json({ items: issuers().map(describe) }, 200));

  app.openapi(show, (c) => {
    const { name } = c.req.valid('param');
    const items = issuers()
      .filter((issuer) => issuer.name === name)
      .map(describe);
    return items.length > 0 ? c.json({ items }, 200) : problem(c, 'resource_unknown');
  });
}

function describeIssuer(issuer: Issuer, asked: readonly IntrospectionHealth[]): z.infer<typeof issuerSchema> {
  const introspection = asked.find(({ issuerName }) => issuerName === issuer.name);
  return {
    name: issuer.name,
    identifier: issuer.identifier,
    accepted_issuers: [...issuer.expectation.issuers],
    algorithms: [...issuer.expectation.algorithms],
    refusal: reasonOf(issuer.refusal),
    keys: describeKeys(issuer),
    introspection: introspection === undefined ? null : describeIntrospection(introspection),
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
    discovery: health.discovery ?? null,
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

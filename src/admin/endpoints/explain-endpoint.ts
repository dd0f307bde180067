import { createRoute, z } from '@hono/zod-openapi';
import type { Explanation } from '../../access/index.ts';
import type { AccessRequest } from '../../protocol/access-request.ts';
import { checks } from '../../protocol/check.ts';
import type { Principal } from '../../protocol/principal.ts';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { notFound, refusals } from '../documented-refusals.ts';
import { problem } from '../problem.ts';
import { isoTime, jsonAnswer, jsonBody, jsonOf, textSchema } from '../wire.ts';

const inputSchema = z
  .strictObject({
    api: textSchema,
    token: z.string().min(1).max(65_536).openapi({ description: 'Kept nowhere and never repeated.' }),
    method: z
      .string()
      .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/, 'is no HTTP method')
      .default('GET'),
    host: z.string().max(255).default('localhost').openapi({ description: 'Without port.' }),
    path: z.string().max(8192).startsWith('/').default('/'),
    query: z.string().max(8192).default('').openapi({ description: 'Without the `?`.' }),
    headers: z.record(z.string().max(256), z.string().max(8192)).default({}),
  })
  .openapi('Explain');

const factsSchema = z.record(z.string(), z.unknown());

const explanationSchema = z
  .object({
    api: z.string(),
    granted: z.boolean(),
    steps: z.array(
      z.object({ check: z.enum(checks), outcome: z.enum(['passed', 'failed', 'not reached']), facts: factsSchema }),
    ),
    rejection: z
      .object({ code: z.string(), status: z.number(), title: z.string(), remedy: z.string(), facts: factsSchema })
      .optional(),
    principal: z
      .object({
        kind: z.enum(['jwt', 'opaque']),
        issuer: z.string(),
        subject: z.string().optional(),
        client: z.string().optional(),
        consumer: z.string().optional().openapi({ description: 'Who of the configured consumers has that client.' }),
        audiences: z.array(z.string()),
        scopes: z.array(z.string()),
        roles: z.array(z.string()),
        groups: z.union([z.array(z.string()), z.literal('unknown')]),
        expires_at: z.string(),
        token_hash: z.string(),
      })
      .optional(),
  })
  .openapi('Explanation');

const explain = createRoute({
  method: 'post',
  path: '/explain',
  summary: 'Tell what each check says of a token, and where it fails',
  description: 'Runs the journey of a request, without its memory and without calling the upstream.',
  request: { body: jsonBody(inputSchema) },
  responses: { 200: jsonAnswer('What each check saw, in order.', explanationSchema), ...refusals, ...notFound },
});

export function explainEndpoint(app: AdminApp, { access, protectedApi }: AdminDependencies): void {
  app.openapi(explain, async (c) => {
    const input = c.req.valid('json');
    const api = protectedApi(input.api);
    if (api === undefined) return problem(c, 'resource_unknown', [{ path: 'api', reason: 'is no API of ours' }]);
    return c.json(describe(await access.explain(api, requestOf(input), c.get('now'))), 200);
  });
}

function requestOf({ token, method, host, path, query, headers }: z.output<typeof inputSchema>): AccessRequest {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const authorization = [`Bearer ${token}`];
  return { method, host: host.toLowerCase(), path, query, authorization, header: (name) => byName.get(name) };
}

function describe({ api, granted, steps, rejection, principal }: Explanation): z.infer<typeof explanationSchema> {
  return {
    api,
    granted,
    steps: steps.map(({ check, outcome, facts }) => ({ check, outcome, facts: jsonOf(facts) })),
    ...(rejection === undefined ? {} : { rejection: { ...rejection, facts: jsonOf(rejection.facts) } }),
    ...(principal === undefined ? {} : { principal: describePrincipal(principal) }),
  };
}

function describePrincipal({ kind, issuer, subject, client, consumer, ...rest }: Principal) {
  return {
    kind,
    issuer,
    ...(subject === undefined ? {} : { subject }),
    ...(client === undefined ? {} : { client }),
    ...(consumer === undefined ? {} : { consumer }),
    audiences: [...rest.audiences],
    scopes: [...rest.scopes],
    roles: [...rest.roles],
    groups: rest.groups === 'unknown' ? ('unknown' as const) : [...rest.groups],
    expires_at: isoTime(rest.expiresAt),
    token_hash: rest.tokenHash,
  };
}

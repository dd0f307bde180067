import { createRoute, z } from '@hono/zod-openapi';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import type { ApiDescription } from '../api-description.ts';
import { notFound, refusals } from '../documented-refusals.ts';
import { problem } from '../problem.ts';
import { jsonAnswer, textSchema } from '../wire.ts';

const apiSchema = z
  .object({
    name: z.string(),
    audiences: z.array(z.string()),
    route: z.object({ hosts: z.array(z.string()), path: z.string() }),
    upstream: z.string().nullable(),
    accept: z.array(z.string()).openapi({ description: 'Names of the issuers whose tokens it accepts.' }),
    tokens: z
      .object({
        format: z.enum(['jwt', 'opaque']),
        reasons: z.array(z.string()),
        cautions: z.array(z.string()),
      })
      .nullable()
      .openapi({ description: 'The kind of token that our provider issues for it, and why; null if it issues none.' }),
  })
  .openapi('Api');

const list = createRoute({
  method: 'get',
  path: '/apis',
  summary: 'List the APIs and the token format chosen for each',
  responses: { 200: jsonAnswer('All APIs.', z.object({ items: z.array(apiSchema) })), ...refusals },
});

const show = createRoute({
  method: 'get',
  path: '/apis/{name}',
  summary: 'Show one API',
  request: { params: z.strictObject({ name: textSchema }) },
  responses: { 200: jsonAnswer('The API.', apiSchema), ...refusals, ...notFound },
});

export function apiEndpoints(app: AdminApp, { apis }: AdminDependencies): void {
  app.openapi(list, (c) => c.json({ items: apis().map(describe) }, 200));

  app.openapi(show, (c) => {
    const { name } = c.req.valid('param');
    const api = apis().find((candidate) => candidate.name === name);
    return api === undefined ? problem(c, 'resource_unknown') : c.json(describe(api), 200);
  });
}

function describe({ name, audiences, route, upstream, accept, tokens }: ApiDescription): z.infer<typeof apiSchema> {
  return {
    name,
    audiences: [...audiences],
    route: { hosts: [...route.hosts], path: route.path },
    upstream: upstream ?? null,
    accept: [...accept],
    tokens:
      tokens === undefined
        ? null
        : { format: tokens.format, reasons: [...tokens.reasons], cautions: [...tokens.cautions] },
  };
}

import { createRoute, z } from '@hono/zod-openapi';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { auditCall } from '../audit-call.ts';
import { refusals } from '../documented-refusals.ts';
import type { SigningKeyFacts } from '../provider-administration.ts';
import { isoTime, isoTimeOr, jsonAnswer } from '../wire.ts';

const keySchema = z
  .object({
    kid: z.string(),
    algorithm: z.string(),
    state: z.enum(['next', 'signing', 'retired']),
    created_at: z.string(),
    signs_from: z.string().nullable(),
    published_until: z.string().nullable(),
  })
  .openapi('SigningKey');

const keysSchema = z.object({ items: z.array(keySchema) });

const list = createRoute({
  method: 'get',
  path: '/keys',
  summary: "List our provider's signing keys, without their private halves",
  responses: { 200: jsonAnswer('All keys that are published.', keysSchema), ...refusals },
});

const rotate = createRoute({
  method: 'post',
  path: '/keys/rotate',
  summary: 'Let the next key sign, and make the one after it',
  description:
    'No token that was issued before becomes bad by it: the key before stays published until the last has expired.',
  responses: { 200: jsonAnswer('The keys as they are now.', keysSchema), ...refusals },
});

export function keyEndpoints(app: AdminApp, { keys, audit }: AdminDependencies): void {
  app.openapi(list, (c) => c.json({ items: keys.list().map(describe) }, 200));

  app.openapi(rotate, async (c) => {
    const rotated = await keys.rotate();
    const signing = rotated.find(({ state }) => state === 'signing');
    await auditCall(c, audit, 'keys.rotated', signing?.kid ?? 'none');
    return c.json({ items: rotated.map(describe) }, 200);
  });
}

function describe({ kid, algorithm, state, ...times }: SigningKeyFacts): z.infer<typeof keySchema> {
  return {
    kid,
    algorithm,
    state,
    created_at: isoTime(times.createdAt),
    signs_from: isoTimeOr(times.signsFrom),
    published_until: isoTimeOr(times.publishedUntil),
  };
}

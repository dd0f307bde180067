import { createRoute, z } from '@hono/zod-openapi';
import type { Provider } from '../../provider/index.ts';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { auditCall } from '../audit-call.ts';
import { refusals } from '../documented-refusals.ts';
import { describeKeys, keySchema } from '../keys/key-form.ts';
import { takesNoBody } from '../takes-no-body.ts';
import { isoTime, jsonAnswer } from '../wire.ts';

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
  middleware: takesNoBody,
  responses: { 200: jsonAnswer('The keys as they are now.', keysSchema), ...refusals },
});

export function keyEndpoints(
  app: AdminApp,
  provider: Pick<Provider, 'rotateKeys'>,
  { signingKeys, audit, clock }: Pick<AdminDependencies, 'signingKeys' | 'audit' | 'clock'>,
): void {
  app.openapi(list, async (c) => {
    const { keys } = await signingKeys.read();
    return c.json({ items: describeKeys(keys, c.get('now')) }, 200);
  });

  app.openapi(rotate, async (c) => {
    const { activated, signsFrom, next } = await provider.rotateKeys();
    await auditCall(c, audit, 'keys.rotated', activated, { signs_from: isoTime(signsFrom), next });
    const { keys } = await signingKeys.read();
    return c.json({ items: describeKeys(keys, clock()) }, 200);
  });
}

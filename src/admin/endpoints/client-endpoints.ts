import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { generateOpaqueToken } from '../../opaque/index.ts';
import type { RegisteredClient } from '../../provider/index.ts';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp, AdminEnv } from '../admin-env.ts';
import { auditCall } from '../audit-call.ts';
import { describeClient, optionsOf } from '../clients/client-form.ts';
import {
  listClients,
  registerClient,
  removeClient,
  replaceClient,
  replaceClientSecret,
  showClient,
} from '../clients/client-routes.ts';
import { problem } from '../problem.ts';
import type { ClientRefusal } from '../provider-administration.ts';

/** Every secret is made here, shown in one answer, and kept by nobody but as a hash. */
export function clientEndpoints(app: AdminApp, { clients, audit }: AdminDependencies): void {
  const describe = (client: RegisteredClient) => describeClient(client, clients.isConfigured(client.id));

  app.openapi(listClients, async (c) => c.json({ items: (await clients.list()).map(describe) }, 200));

  app.openapi(showClient, async (c) => {
    const client = await clients.find(c.req.valid('param').id);
    return client === undefined ? problem(c, 'resource_unknown') : c.json(describe(client), 200);
  });

  app.openapi(registerClient, async (c) => {
    const { id = randomUUID(), authentication, jwks, ...settings } = c.req.valid('json');
    const secret = authentication === 'secret' ? generateOpaqueToken('ghs_') : undefined;
    const client = await clients.register({ ...optionsOf(id, settings), secret, jwks });
    if (typeof client === 'string') return refuse(c, client);
    await auditCall(c, audit, 'client.created', id, { authentication, ...settings });
    return c.json({ client: describe(client), secret: secret ?? null }, 201);
  });

  app.openapi(replaceClient, async (c) => {
    const { id } = c.req.valid('param');
    const settings = c.req.valid('json');
    const client = await clients.replace(optionsOf(id, settings));
    if (typeof client === 'string') return refuse(c, client);
    await auditCall(c, audit, 'client.replaced', id, settings);
    return c.json(describe(client), 200);
  });

  app.openapi(replaceClientSecret, async (c) => {
    const { id } = c.req.valid('param');
    const secret = generateOpaqueToken('ghs_');
    const client = await clients.replaceSecret(id, secret);
    if (typeof client === 'string') return refuse(c, client);
    await auditCall(c, audit, 'client.secret_replaced', id);
    return c.json({ client: describe(client), secret }, 200);
  });

  app.openapi(removeClient, async (c) => {
    const { id } = c.req.valid('param');
    const client = await clients.remove(id, c.get('actor'));
    if (typeof client === 'string') return refuse(c, client);
    await auditCall(c, audit, 'client.removed', id);
    return c.body(null, 204);
  });
}

const conflicts: Readonly<Record<Exclude<ClientRefusal, 'unknown'>, string>> = {
  taken: 'is the id of another client',
  configured: 'stands in the configuration: change it there',
  secretless: 'does not authenticate with a secret',
};

function refuse(c: Context<AdminEnv>, refusal: ClientRefusal) {
  if (refusal === 'unknown') return problem(c, 'resource_unknown');
  return problem(c, 'resource_conflict', [{ path: 'id', reason: conflicts[refusal] }]);
}

import { randomUUID } from 'node:crypto';
import type { RegisteredClient } from '../../provider/index.ts';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { auditCall } from '../audit-call.ts';
import { describeClient, optionsOf } from '../clients/client-form.ts';
import {
  listClients,
  registerClient,
  removeClient,
  renewClientSecret,
  replaceClient,
  showClient,
} from '../clients/client-routes.ts';
import { type InputFault, problem } from '../problem.ts';

const taken: InputFault = { path: 'id', reason: 'is the id of another client' };
const configured: InputFault = { path: 'id', reason: 'stands in the configuration: change the client there' };
const secretless: InputFault = { path: 'id', reason: 'does not authenticate with a secret' };

export function clientEndpoints(app: AdminApp, { clients, audit }: AdminDependencies): void {
  const describe = (client: RegisteredClient) => describeClient(client, clients.isConfigured(client.id));

  app.openapi(listClients, async (c) => c.json({ items: (await clients.list()).map(describe) }, 200));

  app.openapi(showClient, async (c) => {
    const client = await clients.find(c.req.valid('param').id);
    return client === undefined ? problem(c, 'resource_unknown') : c.json(describe(client), 200);
  });

  app.openapi(registerClient, async (c) => {
    const { id = randomUUID(), authentication, jwks, ...settings } = c.req.valid('json');
    const registered = await clients.register({ ...optionsOf(id, settings), authentication, jwks });
    if (registered === undefined) return problem(c, 'resource_conflict', [taken]);
    await auditCall(c, audit, 'client.created', id, { authentication, ...settings });
    return c.json({ client: describe(registered.client), secret: registered.secret ?? null }, 201);
  });

  app.openapi(replaceClient, async (c) => {
    const { id } = c.req.valid('param');
    const settings = c.req.valid('json');
    if (clients.isConfigured(id)) return problem(c, 'resource_conflict', [configured]);
    const client = await clients.replace(optionsOf(id, settings));
    if (client === undefined) return problem(c, 'resource_unknown');
    await auditCall(c, audit, 'client.replaced', id, settings);
    return c.json(describe(client), 200);
  });

  app.openapi(renewClientSecret, async (c) => {
    const { id } = c.req.valid('param');
    if (clients.isConfigured(id)) return problem(c, 'resource_conflict', [configured]);
    const client = await clients.find(id);
    if (client !== undefined && client.authentication !== 'secret')
      return problem(c, 'resource_conflict', [secretless]);
    const renewed = await clients.renewSecret(id);
    if (renewed === undefined) return problem(c, 'resource_unknown');
    await auditCall(c, audit, 'client.secret_renewed', id);
    return c.json({ client: describe(renewed.client), secret: renewed.secret ?? null }, 200);
  });

  app.openapi(removeClient, async (c) => {
    const { id } = c.req.valid('param');
    if (clients.isConfigured(id)) return problem(c, 'resource_conflict', [configured]);
    if (!(await clients.remove(id, c.get('actor')))) return problem(c, 'resource_unknown');
    await auditCall(c, audit, 'client.removed', id);
    return c.body(null, 204);
  });
}

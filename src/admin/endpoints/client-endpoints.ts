import { randomUUID } from 'node:crypto';
import type { Provider, RegisteredClient } from '../../provider/index.ts';
import type { AdminApp } from '../admin-env.ts';
import { auditCall } from '../audit-call.ts';
import type { AuditLog } from '../audit-log.ts';
import { describeClient, optionsOf } from '../clients/client-form.ts';
import { listClients, registerClient, removeClient, renewClientSecret, showClient } from '../clients/client-routes.ts';
import { type InputFault, problem } from '../problem.ts';
import { jsonOf } from '../wire.ts';

const taken: InputFault = { path: 'id', reason: 'is the id of another client' };
const configured: InputFault = { path: 'id', reason: 'stands in the configuration: change the client there' };
const secretless: InputFault = { path: 'id', reason: 'does not authenticate with a secret' };

export function clientEndpoints(app: AdminApp, provider: Pick<Provider, 'clients'>, audit: AuditLog): void {
  const describe = (client: RegisteredClient) => describeClient(client, provider.clients.isConfigured(client.id));

  app.openapi(listClients, async (c) => c.json({ items: (await provider.clients.list()).map(describe) }, 200));

  app.openapi(showClient, async (c) => {
    const client = await provider.clients.find(c.req.valid('param').id);
    return client === undefined ? problem(c, 'resource_unknown') : c.json(describe(client), 200);
  });

  app.openapi(registerClient, async (c) => {
    const form = c.req.valid('json');
    const { id = randomUUID(), ...details } = form;
    const registered = await provider.clients.register(optionsOf(id, form));
    if (registered === undefined) return problem(c, 'resource_conflict', [taken]);
    await auditCall(c, audit, 'client.created', id, jsonOf(details));
    return c.json({ client: describe(registered.client), secret: registered.secret ?? null }, 201);
  });

  app.openapi(renewClientSecret, async (c) => {
    const { id } = c.req.valid('param');
    if (provider.clients.isConfigured(id)) return problem(c, 'resource_conflict', [configured]);
    const client = await provider.clients.find(id);
    if (client !== undefined && client.authentication !== 'secret')
      return problem(c, 'resource_conflict', [secretless]);
    const renewed = await provider.clients.renewSecret(id);
    if (renewed === undefined) return problem(c, 'resource_unknown');
    await auditCall(c, audit, 'client.secret_renewed', id);
    return c.json({ client: describe(renewed.client), secret: renewed.secret ?? null }, 200);
  });

  app.openapi(removeClient, async (c) => {
    const { id } = c.req.valid('param');
    if (provider.clients.isConfigured(id)) return problem(c, 'resource_conflict', [configured]);
    if (!(await provider.clients.remove(id, c.get('actor')))) return problem(c, 'resource_unknown');
    await auditCall(c, audit, 'client.removed', id);
    return c.body(null, 204);
  });
}

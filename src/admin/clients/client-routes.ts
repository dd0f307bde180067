import { createRoute, z } from '@hono/zod-openapi';
import { conflict, notFound, refusals } from '../documented-refusals.ts';
import { takesNoBody } from '../takes-no-body.ts';
import { jsonAnswer, jsonBody, textSchema } from '../wire.ts';
import { clientSchema, newClient } from './client-form.ts';

const withSecret = z.object({
  client: clientSchema,
  secret: z
    .string()
    .nullable()
    .openapi({ description: 'Shown this once: only its hash is kept. Null if it has none.' }),
});

const params = z.strictObject({ id: textSchema });

export const listClients = createRoute({
  method: 'get',
  path: '/clients',
  summary: 'List the clients of our provider',
  responses: { 200: jsonAnswer('All clients.', z.object({ items: z.array(clientSchema) })), ...refusals },
});

export const showClient = createRoute({
  method: 'get',
  path: '/clients/{id}',
  summary: 'Show one client',
  request: { params },
  responses: { 200: jsonAnswer('The client.', clientSchema), ...refusals, ...notFound },
});

export const registerClient = createRoute({
  method: 'post',
  path: '/clients',
  summary: 'Register a client',
  request: { body: jsonBody(newClient) },
  responses: { 201: jsonAnswer('Registered.', withSecret), ...refusals, ...conflict },
});

export const renewClientSecret = createRoute({
  method: 'post',
  path: '/clients/{id}/secret',
  summary: 'Give a client a new secret',
  description: 'The one before is worth nothing from then on; tokens that were issued stay good.',
  middleware: takesNoBody,
  request: { params },
  responses: { 200: jsonAnswer('The new secret.', withSecret), ...refusals, ...notFound, ...conflict },
});

export const removeClient = createRoute({
  method: 'delete',
  path: '/clients/{id}',
  summary: 'Remove a client; all its tokens are revoked',
  middleware: takesNoBody,
  request: { params },
  responses: { 204: { description: 'Removed.' }, ...refusals, ...notFound, ...conflict },
});

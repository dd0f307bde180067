import { createRoute, z } from '@hono/zod-openapi';
import { notFound, refusals } from '../documented-refusals.ts';
import { pageOf, pageQuery } from '../page.ts';
import { takesNoBody } from '../takes-no-body.ts';
import { jsonAnswer, jsonBody, textSchema, timeSchema } from '../wire.ts';
import { selectionQuery, tokenSchema } from './token-form.ts';

const params = z.strictObject({ id: textSchema });
const expiry = z.strictObject({ expires_at: timeSchema });
const reason = { reason: z.string().min(1).max(1024).optional() };
const changed = z.object({ tokens: z.number().int().openapi({ description: 'How many were changed.' }) });

export const listTokens = createRoute({
  method: 'get',
  path: '/tokens',
  summary: 'Search the access tokens that live, newest first',
  request: { query: z.strictObject({ ...pageQuery, ...selectionQuery }) },
  responses: { 200: jsonAnswer('A page of tokens, without their values.', pageOf(tokenSchema)), ...refusals },
});

export const showToken = createRoute({
  method: 'get',
  path: '/tokens/{id}',
  summary: 'Show an access token that lives, by its `jti`',
  request: { params },
  responses: { 200: jsonAnswer('The token, without its value.', tokenSchema), ...refusals, ...notFound },
});

export const shortenTokens = createRoute({
  method: 'patch',
  path: '/tokens',
  summary: 'Let all tokens of a subject, client or grant expire earlier',
  request: { query: z.strictObject(selectionQuery), body: jsonBody(expiry) },
  responses: { 200: jsonAnswer('Shortened.', changed), ...refusals },
});

export const shortenToken = createRoute({
  method: 'patch',
  path: '/tokens/{id}',
  summary: 'Let a token expire earlier',
  request: { params, body: jsonBody(expiry) },
  responses: { 200: jsonAnswer('Shortened.', changed), ...refusals, ...notFound },
});

export const revokeTokens = createRoute({
  method: 'delete',
  path: '/tokens',
  summary: 'Revoke all tokens of a subject, client or grant',
  description: 'What could be made into new tokens dies too: refresh tokens, codes and sign-ins.',
  middleware: takesNoBody,
  request: { query: z.strictObject({ ...selectionQuery, ...reason }) },
  responses: { 204: { description: 'Revoked: none of them is accepted any more.' }, ...refusals },
});

export const revokeToken = createRoute({
  method: 'delete',
  path: '/tokens/{id}',
  summary: 'Revoke a token',
  middleware: takesNoBody,
  request: { params, query: z.strictObject(reason) },
  responses: { 204: { description: 'Revoked: none of them is accepted any more.' }, ...refusals, ...notFound },
});

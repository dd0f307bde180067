import { z } from '@hono/zod-openapi';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp } from '../admin-env.ts';
import { auditCall } from '../audit-call.ts';
import { cursorFault, page, readCursor } from '../page.ts';
import { type InputFault, problem } from '../problem.ts';
import { describeToken, selectionOf, selectsSomething } from '../tokens/token-form.ts';
import {
  listTokens,
  revokeToken,
  revokeTokens,
  shortenToken,
  shortenTokens,
  showToken,
} from '../tokens/token-routes.ts';

const positionSchema = z.tuple([z.number(), z.string()]);
const selectionFault: InputFault = { path: 'query', reason: 'names neither subject, client nor grant' };

export function tokenEndpoints(app: AdminApp, dependencies: AdminDependencies): void {
  searchEndpoints(app, dependencies);
  shortenEndpoints(app, dependencies);
  revokeEndpoints(app, dependencies);
}

function searchEndpoints(app: AdminApp, { tokens }: AdminDependencies): void {
  app.openapi(listTokens, async (c) => {
    const { limit, cursor, ...form } = c.req.valid('query');
    const position = readCursor(cursor, positionSchema);
    if (position === 'malformed') return problem(c, 'input_invalid', [cursorFault]);
    const after = position === undefined ? undefined : { issuedAt: position[0], id: position[1] };
    const found = await tokens.list({ ...selectionOf(form), liveAt: c.get('now'), after, limit: limit + 1 });
    return c.json(
      page(found, limit, describeToken, ({ issuedAt, id }) => [issuedAt, id]),
      200,
    );
  });

  app.openapi(showToken, async (c) => {
    const [found] = await tokens.list({ id: c.req.valid('param').id, liveAt: c.get('now'), limit: 1 });
    return found === undefined ? problem(c, 'resource_unknown') : c.json(describeToken(found), 200);
  });
}

function shortenEndpoints(app: AdminApp, { tokens, audit }: AdminDependencies): void {
  app.openapi(shortenTokens, async (c) => {
    const form = c.req.valid('query');
    const { expires_at } = c.req.valid('json');
    if (!selectsSomething(form)) return problem(c, 'input_invalid', [selectionFault]);
    const count = await tokens.shorten(selectionOf(form), Date.parse(expires_at), c.get('actor'));
    await auditCall(c, audit, 'tokens.shortened', JSON.stringify(form), { expires_at, tokens: count });
    return c.json({ tokens: count }, 200);
  });

  app.openapi(shortenToken, async (c) => {
    const { id } = c.req.valid('param');
    const { expires_at } = c.req.valid('json');
    const [found] = await tokens.list({ id, liveAt: c.get('now'), limit: 1 });
    if (found === undefined) return problem(c, 'resource_unknown');
    const count = await tokens.shorten({ id }, Date.parse(expires_at), c.get('actor'));
    await auditCall(c, audit, 'token.shortened', id, { expires_at, tokens: count });
    return c.json({ tokens: count }, 200);
  });
}

function revokeEndpoints(app: AdminApp, { tokens, audit }: AdminDependencies): void {
  app.openapi(revokeTokens, async (c) => {
    const { reason, ...form } = c.req.valid('query');
    if (!selectsSomething(form)) return problem(c, 'input_invalid', [selectionFault]);
    const count = await tokens.revoke(selectionOf(form), c.get('actor'), reason);
    await auditCall(c, audit, 'tokens.revoked', JSON.stringify(form), { reason, tokens: count });
    return c.json({ tokens: count }, 200);
  });

  app.openapi(revokeToken, async (c) => {
    const { id } = c.req.valid('param');
    const { reason } = c.req.valid('query');
    const count = await tokens.revoke({ id }, c.get('actor'), reason);
    if (count === 0) return problem(c, 'resource_unknown');
    await auditCall(c, audit, 'token.revoked', id, { reason });
    return c.json({ tokens: count }, 200);
  });
}

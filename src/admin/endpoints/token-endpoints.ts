import { z } from '@hono/zod-openapi';
import type { Provider } from '../../provider/index.ts';
import type { AdminApp } from '../admin-env.ts';
import { auditCall } from '../audit-call.ts';
import type { AuditLog } from '../audit-log.ts';
import { cursorFault, readCursor, writeCursor } from '../page.ts';
import { problem } from '../problem.ts';
import { describeToken, selectionFault, selectionOf } from '../tokens/token-form.ts';
import {
  listTokens,
  revokeToken,
  revokeTokens,
  shortenToken,
  shortenTokens,
  showToken,
} from '../tokens/token-routes.ts';

const positionSchema = z.tuple([z.number(), z.string()]);

const noReason = 'none was given';

type Tokens = Pick<Provider, 'tokens'>;

export function tokenEndpoints(app: AdminApp, provider: Tokens, audit: AuditLog): void {
  searchEndpoints(app, provider);
  shortenEndpoints(app, provider, audit);
  revokeEndpoints(app, provider, audit);
}

function searchEndpoints(app: AdminApp, provider: Tokens): void {
  app.openapi(listTokens, async (c) => {
    const { limit, cursor, ...form } = c.req.valid('query');
    const position = readCursor(cursor, positionSchema);
    if (position === 'malformed') return problem(c, 'input_invalid', [cursorFault]);
    const after = position && { issuedAt: position[0], id: position[1] };
    const { tokens, next } = await provider.tokens.list({ ...selectionOf(form), after, limit });
    return c.json(
      { items: tokens.map(describeToken), next: next === undefined ? null : writeCursor([next.issuedAt, next.id]) },
      200,
    );
  });

  app.openapi(showToken, async (c) => {
    const { tokens } = await provider.tokens.list({ id: c.req.valid('param').id, limit: 1 });
    const [token] = tokens;
    return token === undefined ? problem(c, 'resource_unknown') : c.json(describeToken(token), 200);
  });
}

function shortenEndpoints(app: AdminApp, provider: Tokens, audit: AuditLog): void {
  app.openapi(shortenTokens, async (c) => {
    const form = c.req.valid('query');
    const { expires_at } = c.req.valid('json');
    const fault = selectionFault(form);
    if (fault !== undefined) return problem(c, 'input_invalid', [fault]);
    const count = await provider.tokens.shorten(selectionOf(form), Date.parse(expires_at), noteOf(c.get('actor')));
    await auditCall(c, audit, 'tokens.shortened', JSON.stringify(form), { expires_at, tokens: count });
    return c.json({ tokens: count }, 200);
  });

  app.openapi(shortenToken, async (c) => {
    const { id } = c.req.valid('param');
    const { expires_at } = c.req.valid('json');
    const { tokens } = await provider.tokens.list({ id, limit: 1 });
    if (tokens.length === 0) return problem(c, 'resource_unknown');
    const count = await provider.tokens.shorten({ id }, Date.parse(expires_at), noteOf(c.get('actor')));
    await auditCall(c, audit, 'token.shortened', id, { expires_at, tokens: count });
    return c.json({ tokens: count }, 200);
  });
}

function noteOf(actor: string): { readonly actor: string; readonly reason: string } {
  return { actor, reason: 'shortened' };
}

function revokeEndpoints(app: AdminApp, provider: Tokens, audit: AuditLog): void {
  app.openapi(revokeTokens, async (c) => {
    const { reason = noReason, ...form } = c.req.valid('query');
    const fault = selectionFault(form);
    if (fault !== undefined) return problem(c, 'input_invalid', [fault]);
    await provider.tokens.revoke(selectionOf(form), { actor: c.get('actor'), reason });
    await auditCall(c, audit, 'tokens.revoked', JSON.stringify(form), { reason });
    return c.body(null, 204);
  });

  app.openapi(revokeToken, async (c) => {
    const { id } = c.req.valid('param');
    const { reason = noReason } = c.req.valid('query');
    const { tokens } = await provider.tokens.list({ id, limit: 1 });
    if (tokens.length === 0) return problem(c, 'resource_unknown');
    await provider.tokens.revoke({ id }, { actor: c.get('actor'), reason });
    await auditCall(c, audit, 'token.revoked', id, { reason });
    return c.body(null, 204);
  });
}

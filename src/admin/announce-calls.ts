import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Clock } from '../base/clock.ts';
import type { AdminEnv } from './admin-env.ts';
import { adminCalls } from './channels.ts';

/** Gives each call its id and its time, and announces how it ended. */
export function announceCalls(clock: Clock): MiddlewareHandler<AdminEnv> {
  return async (c, next) => {
    const now = clock();
    const requestId = randomUUID();
    c.set('requestId', requestId);
    c.set('now', now);
    c.set('actor', '');
    await next();
    c.header('x-request-id', requestId);
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
    adminCalls.announce({
      requestId,
      method: c.req.method,
      path: matchedRoutes(c).at(-1)?.path ?? '*',
      status: c.res.status,
      actor: c.get('actor') || undefined,
      code: c.get('code'),
      facts: c.get('rejection')?.facts,
      durationMs: clock() - now,
    });
  };
}

import type { MiddlewareHandler } from 'hono';
import type { Decision } from '../access/index.ts';
import type { EpochMs } from '../base/clock.ts';
import type { AccessRequest } from '../protocol/access-request.ts';
import type { Principal } from '../protocol/principal.ts';
import { refusalResponse } from '../protocol/refusal-response.ts';
import type { AdminDependencies } from './admin-dependencies.ts';
import type { AdminEnv } from './admin-env.ts';

const realm = 'gatehouse-admin';

type Judges = Pick<AdminDependencies, 'access' | 'self'>;

/** The journey of every request to every API, here to the admin API itself. */
export function authenticate(judges: Judges): MiddlewareHandler<AdminEnv> {
  return async (c, next) => {
    const decision = await judgeCall(judges, c.req.raw, c.get('now'));
    if (decision.granted) {
      c.set('actor', actorOf(decision.principal));
      return next();
    }
    c.set('code', decision.rejection.code);
    c.set('rejection', decision.rejection);
    const { status, headers, body } = refusalResponse(decision.rejection, c.get('requestId'), realm);
    return new Response(body, { status, headers });
  };
}

export function judgeCall({ access, self }: Judges, request: Request, now: EpochMs): Decision | Promise<Decision> {
  return access.decide(self(), accessRequestOf(request), now);
}

function accessRequestOf({ method, url, headers }: Request): AccessRequest {
  const { hostname, pathname, search } = new URL(url);
  const authorization = headers.get('authorization');
  return {
    method,
    host: hostname,
    path: pathname,
    query: search.slice(1),
    // Several fields arrive joined by commas, which no single credential has: refused as malformed.
    authorization: authorization === null ? [] : [authorization],
    header: (name) => headers.get(name) ?? undefined,
  };
}

/** A client acting for itself is its own subject (RFC 9068 section 2.2). */
function actorOf({ client, subject }: Principal): string {
  return subject === undefined || subject === client ? `client:${client ?? ''}` : `subject:${subject}`;
}

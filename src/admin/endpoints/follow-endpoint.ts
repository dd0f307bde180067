import type { Context } from 'hono';
import { type LogPosition, readPosition, startOfLog } from '../../revocation/index.ts';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminApp, AdminEnv } from '../admin-env.ts';
import { judgeCall } from '../authenticate.ts';
import { adminFailures } from '../channels.ts';
import { admitFollowers, forFollowers } from '../following/admit-followers.ts';
import type { Followers } from '../following/followers.ts';
import { problem } from '../problem.ts';

/** Seconds until one who was sent away should come again. */
const retryAfter = '1';

/** Nothing on the way may keep events back or change them: nginx is told by `X-Accel-Buffering`, others by `no-transform`. */
const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
};

/** `GET /revocations` for those who want it as a stream of events; others go on to the list. */
export function followEndpoint(app: AdminApp, dependencies: AdminDependencies, followers: Followers): void {
  const admit = admitFollowers(dependencies);
  const judges = forFollowers(dependencies);

  app.get('/revocations', async (c, next) => {
    if (!wantsEvents(c)) return next();
    return (await admit(c, async () => undefined)) ?? follow(c);
  });

  function follow(c: Context<AdminEnv>): Response {
    const { clock } = dependencies;
    const events = followers.admit({
      from: positionOf(c.req.header('last-event-id')),
      judge: () => judgeCall(judges, c.req.raw, clock()),
      cut: () => void c.env?.outgoing?.destroy(),
      onFailure: (error) => adminFailures.announce({ requestId: c.get('requestId'), error }),
    });
    if (events !== undefined) return c.body(events, 200, headers);
    c.header('retry-after', retryAfter);
    return problem(c, 'too_many_followers');
  }
}

/** Undefined for what was not given out here, which is in no history. */
function positionOf(lastEventId = ''): LogPosition | undefined {
  return lastEventId === '' ? startOfLog : readPosition(lastEventId);
}

function wantsEvents(c: Context<AdminEnv>): boolean {
  return /(^|,)\s*text\/event-stream\s*(;|,|$)/i.test(c.req.header('accept') ?? '');
}

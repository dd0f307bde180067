import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Clock } from '../base/clock.ts';
import type { AdminApp, AdminEnv } from './admin-env.ts';
import { announceCalls } from './announce-calls.ts';
import { answerFailures } from './answer-failures.ts';
import { inputFaults } from './input-faults.ts';
import { problem } from './problem.ts';

/** What all calls have in common: an id, an announcement, and one form for whatever goes wrong. */
export function createApp(clock: Clock): AdminApp {
  const app: AdminApp = new OpenAPIHono<AdminEnv>({
    defaultHook: (result, c) =>
      result.success ? undefined : problem(c, 'input_invalid', inputFaults(result.target, result.error)),
  });
  answerFailures(app);
  app.use(announceCalls(clock));
  return app;
}

/** Node's globals stay Node's: the rest of the process uses them too. */
export function listenerOf(app: AdminApp): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return getRequestListener(app.fetch, { overrideGlobalObjects: false });
}

import type { ServerResponse } from 'node:http';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { EpochMs } from '../base/clock.ts';
import type { Rejection } from '../protocol/rejection.ts';

/** What is known of a call while it is served. */
export interface AdminEnv {
  Bindings: {
    /** Where a call came over a server of node:http. */
    readonly outgoing?: Pick<ServerResponse, 'destroy'>;
  };
  Variables: {
    requestId: string;
    now: EpochMs;
    /** Who calls, for the audit log: `client:ID` or `subject:ID`. Empty until the token was accepted. */
    actor: string;
    /** Why the call fails, for the log. */
    code: string | undefined;
    /** Why the caller's token was refused, with the private half. */
    rejection: Rejection | undefined;
  };
}

export type AdminApp = OpenAPIHono<AdminEnv>;

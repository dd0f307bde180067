import type { Context } from 'hono';
import type { JsonObject } from '../protocol/claims.ts';
import type { AdminEnv } from './admin-env.ts';
import type { AuditLog } from './audit-log.ts';
import { jsonOf } from './wire.ts';

/** Records what a call has done. The call is answered when the record is durable. */
export function auditCall(
  c: Context<AdminEnv>,
  audit: AuditLog,
  action: string,
  target: string,
  details: JsonObject = {},
): Promise<void> {
  const request = { request_id: c.get('requestId') };
  return audit.record({
    at: c.get('now'),
    actor: c.get('actor'),
    action,
    target,
    details: { ...jsonOf(details), ...request },
  });
}

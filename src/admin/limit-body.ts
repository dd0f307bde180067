import type { MiddlewareHandler } from 'hono';
import type { AdminEnv } from './admin-env.ts';
import { problem } from './problem.ts';

/** Bytes of a body: 256 KiB. */
const maxBody = 256 * 1024;

/** A body is read whole, so its length must be known and small. Node reads no more of it than Content-Length says. */
export const limitBody: MiddlewareHandler<AdminEnv> = async (c, next) => {
  if (c.req.header('transfer-encoding') !== undefined) return problem(c, 'length_required');
  if (Number(c.req.header('content-length') ?? 0) > maxBody) return problem(c, 'body_too_large');
  return next();
};

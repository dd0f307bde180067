import type { MiddlewareHandler } from 'hono';
import { parseStrictJson } from '../base/strict-json.ts';
import type { AdminEnv } from './admin-env.ts';
import { problem } from './problem.ts';

/** For a call without input: none at all, or an empty object. Whoever sends more expects something of it. */
export const takesNoBody: MiddlewareHandler<AdminEnv> = async (c, next) => {
  const body = Buffer.from(await c.req.arrayBuffer());
  if (body.length === 0 || isEmptyObject(body)) return next();
  return problem(c, 'input_invalid', [{ path: 'body', reason: 'is to be left out, or {}' }]);
};

function isEmptyObject(body: Buffer): boolean {
  const parsed = parseStrictJson(body);
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return false;
  return !Array.isArray(parsed.value) && Object.keys(parsed.value).length === 0;
}

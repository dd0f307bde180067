import type { MiddlewareHandler } from 'hono';
import type { AdminEnv } from './admin-env.ts';
import { problem } from './problem.ts';

/** 127.0.0.0/8, ::1 and localhost (RFC 6761 section 6.3). */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * A page of another site can have its own name point to this machine (DNS rebinding) and then counts as the same
 * origin here. It cannot choose the Host that the browser sends, so that only names that we know are served.
 *
 * @param hosts names besides loopback ones, without port, lower case
 */
export function guardHost(hosts: readonly string[]): MiddlewareHandler<AdminEnv> {
  const known = new Set(hosts);
  const isKnown = (host: string): boolean => known.has(host) || loopback.test(host);
  return async (c, next) => {
    const sent = hostOf(c.req.header('host'));
    const addressed = new URL(c.req.url).hostname;
    if (!isKnown(sent) || !isKnown(addressed)) return problem(c, 'host_not_allowed');
    return next();
  };
}

function hostOf(header: string | undefined): string {
  return (header ?? '').toLowerCase().replace(/:\d*$/, '');
}

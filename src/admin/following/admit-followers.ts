import type { MiddlewareHandler } from 'hono';
import { compilePolicy } from '../../policy/index.ts';
import { adminScope, followScope } from '../../protocol/admin-access.ts';
import type { AdminDependencies } from '../admin-dependencies.ts';
import type { AdminEnv } from '../admin-env.ts';
import { authenticate } from '../authenticate.ts';

const policy = compilePolicy([{ scopes: [followScope] }, { scopes: [adminScope] }]);

/** The admin API for those who only follow the log: a narrower scope is enough. */
export function forFollowers({ access, self }: AdminDependencies): Pick<AdminDependencies, 'access' | 'self'> {
  return { access, self: () => ({ ...self(), policy }) };
}

export function admitFollowers(dependencies: AdminDependencies): MiddlewareHandler<AdminEnv> {
  return authenticate(forFollowers(dependencies));
}

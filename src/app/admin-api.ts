import { adminAudience, adminScope, followScope } from '../protocol/admin-access.ts';
import type { ApiOptions } from '../provider/index.ts';

/** The admin API, as one that the provider issues tokens for: opaque, and not for long. */
export const adminApi: ApiOptions = {
  name: 'gatehouse-admin',
  audience: adminAudience,
  scopes: [adminScope, followScope],
  tokens: { format: 'opaque', ttl: 600_000 },
};

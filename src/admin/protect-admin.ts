import { createConsumers, type ProtectedApi } from '../access/index.ts';
import { compilePolicy } from '../policy/index.ts';
import { adminAudience, adminScope } from '../protocol/admin-access.ts';

/**
 * The admin API as an API that Gatehouse protects: its calls go through the same journey as everybody's.
 *
 * @param accepted our own provider, for both kinds of token, and nobody else
 */
export function protectAdmin(accepted: Pick<ProtectedApi, 'issuers' | 'opaque'>): ProtectedApi {
  return Object.freeze({
    name: 'admin',
    audiences: [adminAudience],
    issuers: accepted.issuers,
    introspected: new Map(),
    opaque: accepted.opaque,
    askInOrder: false,
    graceMs: 0,
    statuses: new Map(),
    policy: compilePolicy([{ scopes: [adminScope] }]),
    consumers: createConsumers([]),
    consumer: 'any',
    onStaleRevocations: 'refuse',
  });
}

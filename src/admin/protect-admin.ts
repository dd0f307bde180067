import type { ProtectedApi } from '../access/index.ts';
import { compilePolicy } from '../policy/index.ts';

/** The audience of tokens for the admin API, and the scope that they need for everything in it. */
export const adminAudience = 'urn:gatehouse:admin';
export const adminScope = 'gatehouse:admin';

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
    opaque: accepted.opaque,
    policy: compilePolicy([{ scopes: [adminScope] }]),
    onStaleRevocations: 'refuse',
  });
}

import type { ProtectedApi } from '../access/index.ts';
import { compilePolicy } from '../policy/index.ts';
import type { ApiOptions } from '../provider/index.ts';
import type { OwnIssuer } from './protected-apis.ts';

export const adminAudience = 'urn:gatehouse:admin';
export const adminScope = 'gatehouse:admin';

/** The admin API, as one that the provider issues tokens for. */
export const adminApi: ApiOptions = {
  name: 'gatehouse-admin',
  audience: adminAudience,
  scopes: [adminScope],
  tokens: { format: 'opaque', ttl: 600_000 },
};

/** The admin API, as one that the decision guards: our own tokens only. */
export function protectedAdminApi(own: OwnIssuer): ProtectedApi {
  return Object.freeze({
    name: adminApi.name,
    audiences: [adminAudience],
    issuers: new Map([[own.issuer.identifier, own.issuer]]),
    opaque: [own.opaque],
    policy: compilePolicy([{ scopes: [adminScope] }]),
    onStaleRevocations: 'refuse',
  });
}

import type { KoaContextWithOIDC } from 'oidc-provider';
import { errors } from './library.ts';

/**
 * Every refresh token is used once (RFC 9700 section 2.2.2). The library asks just before it uses one up, and looks at
 * the resource afterwards: a client that named a wrong one would be told so, try again, and be taken for a thief. So
 * the resource is looked at here.
 *
 * @throws InvalidTarget where the grant is not for what is asked (RFC 8707 section 2.2)
 */
export function rotateRefreshToken({ oidc }: KoaContextWithOIDC): true {
  const granted = oidc.entities.RefreshToken?.resourceIndicators ?? new Set();
  const named = [oidc.params?.['resource'] ?? []].flat();
  const asked = named.length === 0 ? [...granted] : named;
  if (asked.length > 1) throw new errors.InvalidTarget('name one resource of those that were granted');
  if (!asked.every((resource) => granted.has(resource as string | undefined))) {
    throw new errors.InvalidTarget('the grant is not for this resource');
  }
  return true;
}

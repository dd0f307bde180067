import type { Json } from '../protocol/claims.ts';
import { isObject } from './json-shape.ts';

/** Entra ID's place for the tenant, in discovery documents and keys of several tenants. */
export const tenantPlace = '{tenantid}';

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

export function isTenant(value: string): boolean {
  return new RegExp(`^${guid.source}$`).test(value);
}

/** The tenant that an issuer's identifier names. */
export function tenantOf(issuer: string): string | undefined {
  return guid.exec(issuer)?.[0];
}

/** A key may say for whose tokens it is (`issuer`, Entra ID's own member): for every tenant, or for one. */
export function isOfTenant(jwk: Json, tenant: string): boolean {
  const issuer = isObject(jwk) ? jwk['issuer'] : undefined;
  if (issuer === undefined) return true;
  return typeof issuer === 'string' && (issuer.includes(tenantPlace) || tenantOf(issuer) === tenant);
}

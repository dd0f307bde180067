import type { IssuerOptions } from './issuer-options.ts';
import { IssuerOptionsInvalid } from './issuer-options-invalid.ts';
import { presets } from './presets.ts';
import { isTenant, tenantOf, tenantPlace } from './tenant.ts';

/** One issuer, and what its discovery document may call it. */
export interface TenantOptions {
  readonly options: IssuerOptions;
  readonly documentIssuers: readonly string[];
}

/** Entra ID's names for the endpoints of several tenants. */
const sharedEndpoint = /(?<=\/)(common|organizations|consumers|\{tenantid\})(?=\/)/;

/**
 * Every allowed tenant is an issuer of its own, with its own keys, so that none can vouch for another. A discovery
 * document that was named by its URL may be the one of all tenants, whose `issuer` has a place for the tenant.
 *
 * @throws IssuerOptionsInvalid
 */
export function expandTenants(name: string, options: IssuerOptions): readonly TenantOptions[] {
  const { issuer, tenants } = options;
  const template = presets[options.preset].tenanted === true ? templateOf(issuer) : undefined;
  if (template === undefined) return [single(name, options)];
  if (tenants === undefined || tenants.length === 0) {
    throw new IssuerOptionsInvalid(
      name,
      'tenants',
      'The issuer stands for several tenants, and none is allowed.',
      'List the tenants (GUIDs) whose tokens are accepted, or write the one tenant into the issuer.',
    );
  }
  return tenants.map((tenant) => oneOf(name, options, template, tenant));
}

/** The issuer of several tenants, with a place for the tenant; undefined where it is an issuer of its own. */
export function templateOf(issuer: string): string | undefined {
  return sharedEndpoint.test(issuer) ? issuer.replace(sharedEndpoint, tenantPlace) : undefined;
}

function oneOf(name: string, options: IssuerOptions, template: string, tenant: string): TenantOptions {
  if (!isTenant(tenant)) {
    throw new IssuerOptionsInvalid(
      name,
      'tenants',
      `${JSON.stringify(tenant)} is not the id of a tenant.`,
      'Write the tenant as its GUID, in lower case; names of domains can change hands.',
    );
  }
  const issuer = template.replace(tenantPlace, tenant);
  const documentIssuers = options.discovery === undefined ? [issuer] : [issuer, template];
  return { options: { ...options, issuer, tenants: [tenant] }, documentIssuers };
}

function single(name: string, options: IssuerOptions): TenantOptions {
  const { issuer, tenants } = options;
  const tenant = tenantOf(issuer);
  if (tenants?.some((allowed) => allowed !== tenant) === true) {
    throw new IssuerOptionsInvalid(
      name,
      'tenants',
      'The issuer names one tenant, and others are allowed.',
      `Write ${tenantPlace} in place of the tenant in the issuer.`,
    );
  }
  return { options, documentIssuers: [issuer] };
}

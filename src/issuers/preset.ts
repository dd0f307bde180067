import type { JsonObject } from '../protocol/claims.ts';
import type { AlgorithmName } from '../tokens/index.ts';
import type { ClaimPlaces } from './claim-places.ts';
import type { DiscoveryForm } from './discovery-form.ts';

export const presetNames = [
  'okta',
  'auth0',
  'cognito',
  'adfs',
  'entra-v1',
  'entra-v2',
  'pingfederate',
  'pingone',
  'google',
  'keycloak',
  'oidc',
  'oauth',
] as const;

export type PresetName = (typeof presetNames)[number];

/** What one identity provider does in its own way: data more than code. Every part can be overridden by an option. */
export interface Preset {
  readonly name: PresetName;
  /** The provider, as people know it. */
  readonly title: string;
  /** Tried in this order until one is there. */
  readonly discovery: readonly DiscoveryForm[];
  readonly algorithms: readonly AlgorithmName[];
  /** Accepted `typ`, lower case without `application/`; undefined: absent. */
  readonly types: readonly (string | undefined)[];
  /** Claims without which a JWT is no access token of this provider. */
  readonly required: readonly string[];
  /** Claims that must have one of these values. */
  readonly equals: Readonly<Record<string, readonly string[]>>;
  readonly places: ClaimPlaces;
  /** What the principal may not lack. */
  readonly demands: readonly ('subject' | 'client')[];
  /** Tokens have no `aud`: where `clients` are configured, the client stands in for the audience. */
  readonly audienceFromClient: boolean;
  /** What the configured issuer must look like, and what to write instead. */
  readonly form?: { readonly pattern: RegExp; readonly remedy: string };
  /** The issuer's identifier holds a tenant, of which several may be allowed. */
  readonly tenanted?: boolean;
  /** Where discovery lives, if not below the issuer. */
  discoveryBase?(issuer: string): string;
  /** The `iss` values of access tokens, if not the issuer itself. */
  acceptedIssuers?(issuer: string): readonly string[];
  /** Why no JWT of this issuer can be verified here; undefined where it can. */
  refusal?(issuer: string): string | undefined;
  /** Whether a discovery document is of this provider. */
  recognises(document: JsonObject): boolean;
}

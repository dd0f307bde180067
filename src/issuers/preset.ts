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

/** What one identity provider does in its own way: data more than code. An option can override every part of it. */
export interface Preset {
  readonly name: PresetName;
  /** The provider, as people know it. */
  readonly title: string;
  /** Tried in this order until one is there. */
  readonly discovery: readonly DiscoveryForm[];
  readonly algorithms: readonly AlgorithmName[];
  /** Accepted `typ`, in lower case without `application/`; undefined: absent. */
  readonly types: readonly (string | undefined)[];
  /** Claims that must have one of these values. */
  readonly equals: Readonly<Record<string, readonly string[]>>;
  readonly places: ClaimPlaces;
  /** What no access token of this provider lacks: a token that does is one of another kind. */
  readonly demands: readonly ('subject' | 'client')[];
  /** Its access tokens may have no `aud`: where `clients` are configured, the client stands in for it. */
  readonly audienceFromClient: boolean;
  /** What the configured issuer must look like, and what to write instead. */
  readonly form?: { readonly pattern: RegExp; readonly remedy: string };
  /** The issuer's identifier names a tenant, and `tid` repeats it. */
  readonly tenanted?: true;
  /** The URL to which well-known paths are added, if it is not the issuer. */
  discoveryBase?(issuer: string): string;
  /** The `iss` values of access tokens, if not the issuer itself. */
  acceptedIssuers?(issuer: string): readonly string[];
  /** Why no JWT of this issuer can be verified here; undefined where it can. */
  refusal?(issuer: string): string | undefined;
  /** Where tokens of this issuer are introspected (RFC 7662 section 2), if the provider has such a place for all. */
  introspectionEndpoint?(issuer: string): string;
  /** Set where that place speaks a protocol of its own. */
  readonly introspectionProtocol?: 'tokeninfo';
  /** Whether a discovery document is one of this provider. */
  recognises(document: JsonObject): boolean;
}

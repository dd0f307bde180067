import type { JsonObject } from '../../base/json.ts';

/** Of our provider's origin, which is its issuer identifier (SSF 1.0 section 7.2). */
export const ssfPaths = Object.freeze({
  configuration: '/.well-known/ssf-configuration',
  verification: '/ssf/verify',
});

/** Transmitter metadata (SSF 1.0 section 7.1). Streams are made in the configuration, so that there is no API for that. */
export function ssfConfiguration(issuer: string): JsonObject {
  return {
    spec_version: '1_0',
    issuer,
    jwks_uri: `${issuer}/jwks`,
    delivery_methods_supported: ['urn:ietf:rfc:8935'],
    verification_endpoint: issuer + ssfPaths.verification,
    authorization_schemes: [{ spec_urn: 'urn:ietf:rfc:6750' }],
    default_subjects: 'ALL',
  };
}

import type { AuthorizationServer } from 'oauth4webapi';
import type { Json, JsonObject } from '../../base/json.ts';
import { isConfidential } from '../loopback.ts';
import { FederationFailure } from './federation-failure.ts';

/**
 * What the library is told of an issuer, of its discovery document.
 *
 * @throws FederationFailure
 */
export function readMetadata(document: Json, identifier: string): AuthorizationServer {
  if (!isObject(document)) throw unfit('is no JSON object');
  // OpenID Connect Discovery section 4.3: "MUST exactly match the value of issuer".
  if (document['issuer'] !== identifier) throw unfit(`is of the issuer ${printable(document['issuer'])}`);
  const userinfo = document['userinfo_endpoint'];
  const methods = strings(document['token_endpoint_auth_methods_supported']);
  return {
    issuer: identifier,
    authorization_endpoint: endpoint(document, 'authorization_endpoint'),
    token_endpoint: endpoint(document, 'token_endpoint'),
    jwks_uri: endpoint(document, 'jwks_uri'),
    ...(userinfo !== undefined && { userinfo_endpoint: endpoint(document, 'userinfo_endpoint') }),
    // RFC 9207 section 2.4: who announces `iss` and leaves it out is not who answers.
    authorization_response_iss_parameter_supported: document['authorization_response_iss_parameter_supported'] === true,
    // RS256 is what OpenID Connect Core section 3.1.3.7 defaults to.
    id_token_signing_alg_values_supported: asymmetric(document['id_token_signing_alg_values_supported']) ?? ['RS256'],
    userinfo_signing_alg_values_supported: asymmetric(document['userinfo_signing_alg_values_supported']) ?? [],
    ...(methods !== undefined && { token_endpoint_auth_methods_supported: methods }),
  };
}

/** Neither `none` nor a shared secret proves who has signed. */
function asymmetric(value: Json | undefined): string[] | undefined {
  return strings(value)?.filter((algorithm) => /^((RS|PS|ES)(256|384|512)|EdDSA|Ed25519)$/.test(algorithm));
}

function strings(value: Json | undefined): string[] | undefined {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : undefined;
}

function endpoint(document: JsonObject, member: string): string {
  const value = document[member];
  const url = typeof value === 'string' ? URL.parse(value) : null;
  if (url === null || !isConfidential(url)) throw unfit(`has no https URL as ${member}`);
  return url.href;
}

function unfit(reason: string): FederationFailure {
  return new FederationFailure('metadata_unfit', `the discovery document ${reason}`);
}

function printable(value: Json | undefined): string {
  return (JSON.stringify(value) ?? 'nobody').slice(0, 200);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

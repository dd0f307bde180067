import * as oauth from 'oauth4webapi';
import type { JsonObject } from '../../base/json.ts';
import { parseStrictJson } from '../../base/strict-json.ts';
import { step } from './failure-of-error.ts';
import { FederationFailure } from './federation-failure.ts';
import { mapClaims } from './map-claims.ts';
import type { Upstream } from './upstream.ts';

/**
 * What the issuer says of the person, by our names. The userinfo endpoint is asked only where the ID token leaves out
 * what is wanted; what is signed counts more than what is not.
 *
 * @throws FederationFailure
 */
export async function personClaims(
  upstream: Upstream,
  idToken: oauth.IDToken,
  accessToken: string,
): Promise<JsonObject> {
  const { claims, wanted } = upstream.issuer;
  const signed = strictly({ ...idToken });
  const mapped = mapClaims(signed, claims);
  const isComplete = wanted.every((name) => Object.hasOwn(mapped, name));
  if (isComplete || upstream.server.userinfo_endpoint === undefined) return mapped;
  return mapClaims({ ...(await userinfo(upstream, accessToken, idToken.sub)), ...signed }, claims);
}

/** OpenID Connect Core section 5.3.2: "The sub Claim in the UserInfo Response MUST be verified to exactly match". */
function userinfo({ server, client, options }: Upstream, accessToken: string, subject: string): Promise<JsonObject> {
  return step('userinfo_unfit', async () => {
    const response = await oauth.userInfoRequest(server, client, accessToken, options);
    const claims = await oauth.processUserInfoResponse(server, client, subject, response);
    if (/^application\/jwt\b/.test(response.headers.get('content-type') ?? '')) {
      await oauth.validateApplicationLevelSignature(server, response, options);
    }
    return strictly({ ...claims });
  });
}

/** What cannot be kept, such as half a character, is refused before it is. */
function strictly(claims: object): JsonObject {
  const parsed = parseStrictJson(Buffer.from(JSON.stringify(claims)));
  if (!parsed.ok)
    throw new FederationFailure('userinfo_unfit', `what the issuer says of the person cannot be kept: ${parsed.fault}`);
  return parsed.value as JsonObject;
}

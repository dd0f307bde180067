import * as oauth from 'oauth4webapi';
import type { NumericDate } from '../../base/clock.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Attempt, AttemptSecrets } from './attempt.ts';
import { checkIdToken } from './check-id-token.ts';
import { step } from './failure-of-error.ts';
import { personClaims } from './person-claims.ts';
import type { Upstream } from './upstream.ts';

/** Who has signed in at an issuer, and how. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** `sid`: their session there. */
  readonly session: string | undefined;
  /** By our names. */
  readonly claims: JsonObject;
  readonly amr: readonly string[] | undefined;
  readonly acr: string | undefined;
  /** `auth_time` */
  readonly authenticatedAt: NumericDate | undefined;
}

/** What the answer must belong to. */
export interface ExpectedAnswer {
  /** As it was sent, to the letter. */
  readonly state: string;
  readonly attempt: Attempt;
  readonly secrets: AttemptSecrets;
}

/**
 * Makes of the issuer's answer the person, or refuses it: OpenID Connect Core sections 3.1.2.7 to 3.1.3.8 in their order.
 *
 * @throws FederationFailure
 */
export async function identify(
  upstream: Upstream,
  answer: URLSearchParams,
  expected: ExpectedAnswer,
): Promise<Identity> {
  const { server, client, issuer } = upstream;
  // RFC 9207 section 2.4 and RFC 6749 section 10.12: `iss`, `state`, then `error`.
  const accepted = await step('answer_unfit', () => oauth.validateAuthResponse(server, client, answer, expected.state));
  const { claims, idToken, accessToken } = await redeem(upstream, accepted, expected);
  await step('id_token_refused', () =>
    checkIdToken(claims, headerOf(idToken), accessToken, issuer.client.id, expected.attempt),
  );
  const { iss, sub, sid, amr, acr, auth_time: authenticatedAt } = claims;
  return {
    issuer: iss,
    subject: sub,
    session: typeof sid === 'string' ? sid : undefined,
    claims: await personClaims(upstream, claims, accessToken),
    amr: Array.isArray(amr) && amr.every((method) => typeof method === 'string') ? amr : undefined,
    acr: typeof acr === 'string' ? acr : undefined,
    authenticatedAt,
  };
}

interface Tokens {
  readonly claims: oauth.IDToken;
  readonly idToken: string;
  readonly accessToken: string;
}

/** The tokens for the code, with an ID token whose signature and claims were checked. */
async function redeem(
  { server, client, issuer, authentication, options }: Upstream,
  accepted: URLSearchParams,
  { attempt, secrets }: ExpectedAnswer,
): Promise<Tokens> {
  const response = await step('answer_unfit', () =>
    oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      accepted,
      issuer.redirectUri,
      secrets.codeVerifier,
      options,
    ),
  );
  const sent = [accepted.get('code') ?? [], secrets.codeVerifier, issuer.client.secret ?? []].flat();
  const read = async (): Promise<Tokens> => {
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      requireIdToken: true,
      expectedNonce: secrets.nonce,
      ...(attempt.maxAge !== undefined && { maxAge: attempt.maxAge }),
    });
    await oauth.validateApplicationLevelSignature(server, response, options);
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    if (claims === undefined || tokens.id_token === undefined) throw new TypeError('There is no ID token.');
    return { claims, idToken: tokens.id_token, accessToken: tokens.access_token };
  };
  return step('id_token_refused', read, sent);
}

function headerOf(jwt: string): { readonly alg: string } {
  return JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString());
}

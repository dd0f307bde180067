import { createHash } from 'node:crypto';
import type { AuthorizationServer } from 'oauth4webapi';
import type { Attempt, AttemptSecrets } from './attempt.ts';
import type { SignInIssuer } from './sign-in-issuer.ts';

/** What our client asked of us, and is passed on. */
export interface PassedOn {
  readonly login_hint?: string | undefined;
  readonly acr_values?: string | undefined;
  readonly ui_locales?: string | undefined;
}

/** Where the person goes: an authentication request (OpenID Connect Core section 3.1.2.1). */
export function authorizationUrl(
  server: AuthorizationServer,
  issuer: SignInIssuer,
  state: string,
  attempt: Attempt,
  { codeVerifier, nonce }: AttemptSecrets,
  passedOn: PassedOn,
): URL {
  const url = new URL(server.authorization_endpoint ?? '');
  const parameters = {
    response_type: 'code',
    client_id: issuer.client.id,
    redirect_uri: issuer.redirectUri,
    scope: issuer.scopes.join(' '),
    state,
    nonce,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    prompt: attempt.anew ? 'login' : undefined,
    max_age: attempt.maxAge?.toString(),
    ...passedOn,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

import { federationFailed } from '../channels.ts';
import { newAttempt } from '../federation/attempt.ts';
import type { PassedOn } from '../federation/authorization-url.ts';
import { ensureBrowserSecret } from '../federation/browser-secret.ts';
import type { FederatedIssuer } from '../federation/create-federation.ts';
import { FederationFailure } from '../federation/federation-failure.ts';
import type { SignInIssuer } from '../federation/sign-in-issuer.ts';
import { showLogin } from './show-login.ts';
import type { Visit } from './visit.ts';

/** Sends the person to a federated issuer, with what our client asked of us. */
export async function beginFederated(visit: Visit, { issuer, begin }: FederatedIssuer): Promise<void> {
  const { services, request, response, interaction } = visit;
  const secret = ensureBrowserSecret(request, response, services.issuer);
  const maxAge = interaction.params['max_age'];
  const attempt = newAttempt(
    {
      interaction: interaction.uid,
      name: issuer.name,
      issuer: issuer.identifier,
      at: services.clock(),
      anew: interaction.prompt.reasons.includes('login_prompt'),
      maxAge: maxAge === undefined ? undefined : Number(maxAge),
    },
    secret,
  );
  try {
    const url = await begin(attempt, secret, passedOn(interaction.params));
    response.writeHead(303, { location: url.href, 'cache-control': 'no-store', 'content-length': 0 }).end();
  } catch (error) {
    tellFailure(visit, issuer, error);
  }
}

function passedOn(params: Readonly<Record<string, unknown>>): PassedOn {
  const text = (name: string): string | undefined => {
    const value = params[name];
    return typeof value === 'string' ? value : undefined;
  };
  return { login_hint: text('login_hint'), acr_values: text('acr_values'), ui_locales: text('ui_locales') };
}

/** The page again, with other ways or another try. @throws what is no failure of the issuer's or the person's */
export function tellFailure(visit: Visit, issuer: SignInIssuer, error: unknown): void {
  if (!(error instanceof FederationFailure)) throw error;
  const { services, client, request } = visit;
  const address = services.addressOf(request);
  const { code, message: reason, remedy, kind } = error;
  if (kind.isGuess) services.limiter.failed(guessAt(issuer, address));
  federationFailed.announce({ issuer: issuer.name, code, reason, remedy, client: client.id, address });
  showLogin(visit, { status: kind.status, username: '', error: `${issuer.title} ${kind.told}` });
}

/** Codes that are tried out count against the address, as at the token endpoint. */
export function guessAt({ name }: SignInIssuer, address: string) {
  return { kind: 'account', name: `federation ${name}`, address } as const;
}

import { sha256Hex } from '../../base/sha256.ts';
import { federationFailed } from '../channels.ts';
import { type Attempt, unseal } from '../federation/attempt.ts';
import { browserSecret } from '../federation/browser-secret.ts';
import type { FederatedIssuer } from '../federation/create-federation.ts';
import { FederationFailure } from '../federation/federation-failure.ts';
import { errorPage } from '../pages/error-page.ts';
import { admit } from './admit.ts';
import { answerFailure } from './answer-failure.ts';
import { guessAt, tellFailure } from './federated-sign-in.ts';
import { tellToWait } from './show-login.ts';
import { type Call, expired, sendPage, type Visit } from './visit.ts';

const notAllowed = errorPage('method_not_allowed', 'The issuer must send people back with GET.');

/** Someone comes back from a federated issuer. */
export async function handleCallback(call: Call, name: string): Promise<void> {
  const { services, request, response } = call;
  try {
    const federated = services.federation.byName(name);
    if (federated === undefined)
      return sendPage(response, 404, errorPage('unknown_issuer', 'There is no such issuer.'));
    if (request.method !== 'GET') return sendPage(response.setHeader('allow', 'GET'), 405, notAllowed);
    await receive(call, federated);
  } catch (error) {
    answerFailure(response, error);
  }
}

/** What is nobody's, another browser's or another issuer's is refused before anything is done with it. */
async function receive(call: Call, federated: FederatedIssuer): Promise<void> {
  const { services, request, response } = call;
  const answer = new URL(request.url ?? '', services.issuer).searchParams;
  const secret = browserSecret(request, services.issuer);
  const attempt = await attemptOf(call, federated, answer, secret);
  const visit = attempt === undefined ? undefined : await visitOf(call, attempt);
  if (visit === undefined || attempt === undefined || secret === undefined) {
    return sendPage(response, 400, expired);
  }
  const { issuer } = federated;
  const wait = services.limiter.waitFor(guessAt(issuer, services.addressOf(request)));
  if (wait !== undefined) return tellToWait(visit, '', wait);
  try {
    await useOnce(visit, attempt);
    await admit(visit, await federated.finish(attempt, secret, answer), issuer, attempt);
  } catch (error) {
    tellFailure(visit, issuer, error);
  }
}

async function attemptOf(
  { services, request }: Call,
  { issuer }: FederatedIssuer,
  answer: URLSearchParams,
  secret: string | undefined,
): Promise<Attempt | undefined> {
  const attempt = await unseal(answer.get('state') ?? '', services.cookieSecret);
  const strangeness = strangenessOf(attempt, issuer.name, issuer.identifier, secret);
  if (strangeness === undefined) return attempt;
  const { code, message: reason, remedy } = new FederationFailure('answer_unfit', strangeness);
  const address = services.addressOf(request);
  federationFailed.announce({ issuer: issuer.name, code, reason, remedy, client: undefined, address });
  return undefined;
}

function strangenessOf(
  attempt: Attempt | undefined,
  name: string,
  identifier: string,
  secret: string | undefined,
): string | undefined {
  if (attempt === undefined) return 'the state is not ours';
  if (attempt.name !== name || attempt.issuer !== identifier) return 'the sign-in was begun at another issuer';
  if (secret === undefined) return 'the browser has no cookie of ours';
  return attempt.browser === sha256Hex(secret) ? undefined : 'the sign-in was begun in another browser';
}

/** The interaction that the sign-in is for, while it waits for one. */
async function visitOf(call: Call, attempt: Attempt): Promise<Visit | undefined> {
  const { engine, services } = call;
  const interaction = await engine.oidc.Interaction.find(attempt.interaction);
  if (interaction === undefined || interaction.prompt.name !== 'login') return undefined;
  const client = await services.clients.find(String(interaction.params['client_id']));
  return client === undefined ? undefined : { ...call, interaction, client };
}

/** @throws FederationFailure where it was answered before, whatever the answer was */
async function useOnce({ services, interaction }: Visit, { id }: Attempt): Promise<void> {
  const mark = { payload: {}, grantId: undefined, uid: undefined, consumedAt: undefined };
  const row = { model: 'FederatedSignIn', key: sha256Hex(id), ...mark, expiresAt: interaction.exp * 1000 };
  if (await services.artifacts.add(row, services.clock())) return;
  throw new FederationFailure('answered_before', 'the state was used before');
}

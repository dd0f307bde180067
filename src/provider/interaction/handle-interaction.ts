import { errors } from '../engine/library.ts';
import { errorPage } from '../pages/error-page.ts';
import { answerFailure } from './answer-failure.ts';
import { consent, showConsent } from './consent.ts';
import { beginFederated } from './federated-sign-in.ts';
import { formToken, formTokenFits } from './form-token.ts';
import { readForm } from './read-form.ts';
import { showSignIn, signIn } from './sign-in.ts';
import { type Call, expired, refuse, sendPage, type Visit } from './visit.ts';

interface Prompt {
  show(visit: Visit): Promise<void>;
  allow(visit: Visit, form: URLSearchParams): Promise<void>;
}

const prompts: ReadonlyMap<string, Prompt> = new Map([
  ['login', { show: showSignIn, allow: signIn }],
  ['consent', { show: showConsent, allow: consent }],
]);

const notAllowed = errorPage('method_not_allowed', 'This page is shown with GET and answered with POST.');

/**
 * The pages on which people sign in and allow.
 *
 * @param uid from the path
 * @param issuerName from the path, where the person goes on to a federated issuer
 */
export async function handleInteraction(call: Call, uid: string, issuerName: string | undefined): Promise<void> {
  try {
    const visit = await visitOf(call, uid);
    if (visit === undefined) sendPage(call.response, 400, expired);
    else await (issuerName === undefined ? attend(visit) : leave(visit, issuerName));
  } catch (error) {
    answerFailure(call.response, error);
  }
}

async function visitOf(call: Call, uid: string): Promise<Visit | undefined> {
  const { engine, services, request, response } = call;
  try {
    const interaction = await engine.oidc.interactionDetails(request, response);
    const client = await services.clients.find(String(interaction.params['client_id']));
    if (interaction.uid !== uid || client === undefined) return undefined;
    return { ...call, interaction, client };
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return undefined;
    throw error;
  }
}

async function attend(visit: Visit): Promise<void> {
  const { request, response, interaction, services } = visit;
  const prompt = prompts.get(interaction.prompt.name);
  if (prompt === undefined) throw new TypeError(`There is no page for the prompt ${interaction.prompt.name}.`);
  if (request.method === 'GET' || request.method === 'HEAD') return prompt.show(visit);
  if (request.method !== 'POST') return sendPage(response.setHeader('allow', 'GET, HEAD, POST'), 405, notAllowed);
  const form = await readForm(request);
  const expected = formToken(services.cookieSecret, interaction.uid, interaction.prompt.name);
  if (form === undefined || !formTokenFits(form.get('token') ?? '', expected)) return sendPage(response, 400, expired);
  return form.get('answer') === 'allow' ? prompt.allow(visit, form) : refuse(visit);
}

/** A link, since browsers hold what follows a form to `form-action`: see docs/decisions/007-federated-sign-in.md. */
async function leave(visit: Visit, issuerName: string): Promise<void> {
  const { request, response, interaction, services } = visit;
  const federated = services.federation.byName(issuerName);
  if (federated === undefined || interaction.prompt.name !== 'login') return sendPage(response, 400, expired);
  if (request.method !== 'GET') return sendPage(response.setHeader('allow', 'GET'), 405, notAllowed);
  return beginFederated(visit, federated);
}

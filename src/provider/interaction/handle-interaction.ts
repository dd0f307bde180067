import type { IncomingMessage, ServerResponse } from 'node:http';
import { StoreUnavailable, storeRetryAfterSeconds } from '../../base/store-unavailable.ts';
import { providerFailed } from '../channels.ts';
import type { Engine } from '../engine/create-engine.ts';
import { errors } from '../engine/library.ts';
import { errorPage, temporarilyUnavailable } from '../pages/error-page.ts';
import type { Services } from '../services.ts';
import { consent, showConsent } from './consent.ts';
import { formToken, formTokenFits } from './form-token.ts';
import { readForm } from './read-form.ts';
import { showSignIn, signIn } from './sign-in.ts';
import { refuse, sendPage, type Visit } from './visit.ts';

interface Prompt {
  show(visit: Visit): void;
  allow(visit: Visit, form: URLSearchParams): Promise<void>;
}

const prompts: ReadonlyMap<string, Prompt> = new Map([
  ['login', { show: showSignIn, allow: signIn }],
  ['consent', { show: showConsent, allow: consent }],
]);

const expired = errorPage('expired', 'This page has expired, or was answered already.');
const failed = errorPage('server_error', 'Something went wrong here.');
const unavailable = errorPage(temporarilyUnavailable.error, temporarilyUnavailable.error_description);
const notAllowed = errorPage('method_not_allowed', 'This page is shown with GET and answered with POST.');

/** The pages on which people sign in and allow; `uid` is from the path. */
export async function handleInteraction(
  engine: Engine,
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
  uid: string,
): Promise<void> {
  try {
    const visit = await visitOf(engine, services, request, response, uid);
    if (visit === undefined) sendPage(response, 400, expired);
    else await attend(visit);
  } catch (error) {
    providerFailed.announce({ where: 'interaction', error });
    if (!response.headersSent) fail(response, error);
  }
}

function fail(response: ServerResponse, error: unknown): void {
  if (error instanceof StoreUnavailable) {
    sendPage(response.setHeader('retry-after', storeRetryAfterSeconds), 503, unavailable);
  } else {
    sendPage(response, 500, failed);
  }
}

async function visitOf(
  engine: Engine,
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
  uid: string,
): Promise<Visit | undefined> {
  try {
    const interaction = await engine.oidc.interactionDetails(request, response);
    const client = await services.clients.find(String(interaction.params['client_id']));
    if (interaction.uid !== uid || client === undefined) return undefined;
    return { engine, services, request, response, interaction, client };
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

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Interaction, InteractionResults } from 'oidc-provider';
import type { Engine } from '../engine/create-engine.ts';
import { errorPage } from '../pages/error-page.ts';
import type { Page } from '../pages/page.ts';
import { formTarget } from '../pages/page.ts';
import type { RegisteredClient } from '../registered-client.ts';
import type { Services } from '../services.ts';
import { formToken } from './form-token.ts';

/** A request for one of our own pages. */
export interface Call {
  readonly engine: Engine;
  readonly services: Services;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Someone at one of the pages between an authorization request and its answer. */
export interface Visit extends Call {
  readonly interaction: Interaction;
  readonly client: RegisteredClient;
}

export const expired = errorPage('expired', 'This page has expired, or was answered already.');

/** What every form of ours has. */
export interface FormFrame {
  readonly action: string;
  readonly token: string;
  readonly clientName: string;
  readonly formTargets: readonly string[];
}

export function formFrame({ interaction, client, services }: Visit): FormFrame {
  const { uid, prompt, params } = interaction;
  return {
    action: `/interaction/${uid}`,
    token: formToken(services.cookieSecret, uid, prompt.name),
    clientName: client.name ?? client.id,
    formTargets: [formTarget(String(params['redirect_uri']))],
  };
}

/** Ends the interaction: the browser goes on with the authorization request. */
export function finish(visit: Visit, result: InteractionResults): Promise<void> {
  const { engine, request, response } = visit;
  return engine.oidc.interactionFinished(request, response, result);
}

/**
 * The same where the browser is not at the interaction's own address, and so shows no cookie of it. What goes on does so
 * at an address where the browser must show one.
 */
export async function finishRemotely({ interaction, response }: Visit, result: InteractionResults): Promise<void> {
  interaction.result = { ...interaction.lastSubmission, ...result };
  await interaction.persist();
  response.writeHead(303, { location: interaction.returnTo, 'content-length': 0 }).end();
}

/** RFC 6749 section 4.1.2.1 */
export function refuse(visit: Visit): Promise<void> {
  return finish(visit, { error: 'access_denied', error_description: 'the person did not allow it' });
}

export function sendPage(response: ServerResponse, status: number, { headers, body }: Page): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Interaction } from 'oidc-provider';
import type { Engine } from '../engine/create-engine.ts';
import type { Page } from '../pages/page.ts';
import { formTarget } from '../pages/page.ts';
import type { RegisteredClient } from '../registered-client.ts';
import type { Services } from '../services.ts';
import { formToken } from './form-token.ts';

/** Someone at one of the pages between an authorization request and its answer. */
export interface Visit {
  readonly engine: Engine;
  readonly services: Services;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly interaction: Interaction;
  readonly client: RegisteredClient;
}

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
export function finish(visit: Visit, result: Parameters<Engine['oidc']['interactionFinished']>[2]): Promise<void> {
  const { engine, request, response } = visit;
  return engine.oidc.interactionFinished(request, response, result);
}

/** RFC 6749 section 4.1.2.1 */
export function refuse(visit: Visit): Promise<void> {
  return finish(visit, { error: 'access_denied', error_description: 'the person did not allow it' });
}

export function sendPage(response: ServerResponse, status: number, { headers, body }: Page): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

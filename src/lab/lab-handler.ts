import type { IncomingMessage, ServerResponse } from 'node:http';
import { readForm, sendJson, sendText } from './exchange.ts';
import { answerIntrospection, answerRevocation } from './introspection-endpoints.ts';
import { type LabIssuer, labFaults } from './lab-issuer.ts';
import { labPage } from './lab-page.ts';
import { isLabStatus, labStatuses } from './lab-status-list.ts';
import { misbehave } from './misbehave.ts';
import { sendSignal } from './send-signal.ts';
import { readSignalForm } from './signal-form.ts';
import { readTokenForm } from './token-form.ts';

type Action = (issuer: LabIssuer, response: ServerResponse, request: IncomingMessage) => Promise<void>;
type Route = readonly [method: string, url: string, action: Action];

/** Answers for all issuers of the lab: the endpoints that the provider has, and those that play with it. */
export function labHandler(issuers: readonly LabIssuer[]) {
  const routes = new Map(
    issuers.flatMap((issuer) =>
      routesOf(issuer).map(
        ([method, url, action]) => [`${method} ${new URL(url).pathname}`, { issuer, action }] as const,
      ),
    ),
  );
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://lab').pathname;
    if (request.method === 'GET' && path === '/') return sendText(response, 200, 'text/plain', labPage(issuers));
    const route = routes.get(`${request.method} ${path}`);
    if (route === undefined) return sendJson(response, 404, { error: 'not_found' });
    return route.action(route.issuer, response, request);
  };
}

function routesOf(issuer: LabIssuer): readonly Route[] {
  const { origin } = new URL(issuer.identifier);
  const { path, shared } = issuer.shape;
  return [
    ['GET', issuer.below('/.well-known/openid-configuration'), discoveryAs(issuer.identifier)],
    [
      'GET',
      `${origin}/.well-known/oauth-authorization-server${path.replace(/\/$/, '')}`,
      discoveryAs(issuer.identifier),
    ],
    ...(shared === undefined
      ? []
      : [
          [
            'GET',
            `${origin}${shared.path}/.well-known/openid-configuration`,
            discoveryAs(origin + shared.issuerPath),
          ] as const,
        ]),
    ['GET', issuer.endpoint('jwks'), sendKeySet],
    ['POST', issuer.endpoint('token'), sendToken],
    ['POST', issuer.endpoint('introspection'), answerIntrospection],
    ['GET', issuer.endpoint('introspection'), answerIntrospection],
    ['POST', issuer.endpoint('revocation'), answerRevocation],
    ['POST', issuer.below('/token'), sendToken],
    ['GET', issuer.below('/status-lists/1'), sendStatusList],
    ['POST', issuer.below('/status'), setTokenStatus],
    ['POST', issuer.below('/signal'), signal],
    ['POST', issuer.below('/rotate'), rotate],
    ['POST', issuer.below('/break'), setFault],
  ];
}

/** @param identifier what the document calls the issuer */
function discoveryAs(identifier: string): Action {
  return async (issuer, response) => {
    issuer.requests.discovery++;
    if (!misbehave(issuer, response)) sendJson(response, 200, issuer.discoveryDocument(identifier));
  };
}

async function sendKeySet(issuer: LabIssuer, response: ServerResponse): Promise<void> {
  issuer.requests.jwks++;
  if (!misbehave(issuer, response)) sendJson(response, 200, await issuer.keySet());
}

async function sendToken(issuer: LabIssuer, response: ServerResponse, request: IncomingMessage): Promise<void> {
  const wish = readTokenForm(await readForm(request));
  if (typeof wish === 'string') return refuseForm(response, wish);
  sendJson(response, 200, {
    access_token: await issuer.mint(wish),
    token_type: 'Bearer',
    expires_in: wish.lifetimeSeconds ?? 600,
    scope: wish.scopes?.join(' '),
  });
}

async function sendStatusList(issuer: LabIssuer, response: ServerResponse): Promise<void> {
  issuer.requests.statusList++;
  if (misbehave(issuer, response)) return;
  sendText(response, 200, 'application/statuslist+jwt', await issuer.statusListToken());
}

async function setTokenStatus(issuer: LabIssuer, response: ServerResponse, request: IncomingMessage): Promise<void> {
  const form = await readForm(request);
  const status = form.get('status') ?? '';
  if (!isLabStatus(status)) return refuseForm(response, `status is one of ${Object.keys(labStatuses).join(', ')}`);
  if (issuer.statusList.set(form.get('token') ?? '', status)) return sendJson(response, 200, { status });
  refuseForm(response, 'token is a JWT of this issuer that was asked for with status=true');
}

async function signal(issuer: LabIssuer, response: ServerResponse, request: IncomingMessage): Promise<void> {
  const wish = readSignalForm(await readForm(request));
  if (typeof wish === 'string') return refuseForm(response, wish);
  sendJson(response, 200, await sendSignal(issuer, wish));
}

async function rotate(issuer: LabIssuer, response: ServerResponse, request: IncomingMessage): Promise<void> {
  const form = await readForm(request);
  sendJson(response, 200, { kid: await issuer.rotate({ drop: form.get('drop') === 'true' }) });
}

async function setFault(issuer: LabIssuer, response: ServerResponse, request: IncomingMessage): Promise<void> {
  const wanted = (await readForm(request)).get('fault');
  const fault = labFaults.find((known) => known === wanted);
  if (fault === undefined && wanted !== 'none') {
    return refuseForm(response, `fault is one of ${labFaults.join(', ')}, or none`);
  }
  issuer.fault = fault;
  sendJson(response, 200, { fault: fault ?? 'none' });
}

function refuseForm(response: ServerResponse, reason: string): void {
  sendJson(response, 400, { error: 'invalid_request', error_description: reason });
}

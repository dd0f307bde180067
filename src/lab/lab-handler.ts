import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LabIssuer } from './lab-issuer.ts';
import { labPage } from './lab-page.ts';
import { readTokenForm } from './token-form.ts';

type Action = (issuer: LabIssuer, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers for all issuers of the lab: each has its documents, a token endpoint and a rotation endpoint. */
export function labHandler(issuers: readonly LabIssuer[]) {
  const routes = new Map(issuers.flatMap(routesOf));
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://lab').pathname;
    if (request.method === 'GET' && path === '/') return sendText(response, 200, 'text/plain', labPage(issuers));
    const route = routes.get(`${request.method} ${path}`);
    if (route === undefined) return sendJson(response, 404, { error: 'not_found' });
    return route(request, response);
  };
}

type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function routesOf(issuer: LabIssuer): readonly (readonly [string, Route])[] {
  const inserted = `/.well-known/oauth-authorization-server${issuer.shape.path.replace(/\/$/, '')}`;
  const bound =
    (action: Action): Route =>
    (request, response) =>
      action(issuer, request, response);
  const at = (method: string, path: string): string => `${method} ${new URL(issuer.below(path)).pathname}`;
  return [
    [at('GET', '/.well-known/openid-configuration'), bound(sendDiscovery)],
    [`GET ${inserted}`, bound(sendDiscovery)],
    [at('GET', issuer.shape.jwksPath), bound(sendKeySet)],
    [at('POST', '/token'), bound(sendToken)],
    [at('POST', '/rotate'), bound(rotate)],
  ];
}

async function sendDiscovery(issuer: LabIssuer, _: IncomingMessage, response: ServerResponse): Promise<void> {
  issuer.requests.discovery++;
  if (!misbehave(issuer, response)) sendJson(response, 200, issuer.discoveryDocument());
}

async function sendKeySet(issuer: LabIssuer, _: IncomingMessage, response: ServerResponse): Promise<void> {
  issuer.requests.jwks++;
  if (!misbehave(issuer, response)) sendJson(response, 200, await issuer.keySet());
}

/** @returns whether the fault has taken care of the answer */
function misbehave({ fault }: LabIssuer, response: ServerResponse): boolean {
  if (fault === 'down') response.socket?.resetAndDestroy();
  else if (fault === 'error') sendJson(response, 500, { error: 'server_error' });
  else if (fault === 'html') sendText(response, 200, 'text/html', '<!doctype html><title>Sign in</title>');
  // A slow one never answers; whoever asks gives up first.
  else return fault === 'slow';
  return true;
}

async function sendToken(issuer: LabIssuer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const wish = readTokenForm(await readForm(request));
  if (typeof wish === 'string') {
    return sendJson(response, 400, { error: 'invalid_request', error_description: wish });
  }
  sendJson(response, 200, {
    access_token: await issuer.mint(wish),
    token_type: 'Bearer',
    expires_in: wish.lifetimeSeconds ?? 600,
    scope: wish.scopes?.join(' '),
  });
}

async function rotate(issuer: LabIssuer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = await readForm(request);
  sendJson(response, 200, { kid: await issuer.rotate({ drop: form.get('drop') === 'true' }) });
}

const longestForm = 64 * 1024;

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > longestForm) break;
  }
  return new URLSearchParams(text.slice(0, longestForm));
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  sendText(response, status, 'application/json', JSON.stringify(value));
}

function sendText(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

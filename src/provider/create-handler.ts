import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Engine } from './engine/create-engine.ts';
import { handleCallback } from './interaction/handle-callback.ts';
import { handleInteraction } from './interaction/handle-interaction.ts';
import type { Services } from './services.ts';
import { publishStatusList } from './status/publish-status-list.ts';
import { statusListPath } from './status/status-list-uri.ts';

/** A node:http request listener. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What serves requests at this moment; a rotation or a reload replaces it as one. */
export interface Serving {
  readonly engine: Engine;
  readonly services: Services;
}

/** Of every answer: codes and names of interactions stand in our addresses and must not leave with `Referer`. */
const safeHeaders = [
  ['referrer-policy', 'no-referrer'],
  ['x-content-type-options', 'nosniff'],
] as const;

/** A page of an interaction, or the way from there to the federated issuer that is named. */
const interactionPath = /^\/interaction\/([A-Za-z0-9_-]{1,64})(?:\/federation\/([a-z0-9_-]{1,63}))?$/;
const callbackPath = /^\/federation\/([a-z0-9_-]{1,63})\/callback$/;

export function createHandler(issuer: string, serving: () => Serving): Handler {
  const { host, protocol } = new URL(issuer);
  const scheme = protocol.slice(0, -1);
  return (request, response) => {
    const current = serving();
    nameOnce(request, host, scheme);
    for (const [name, value] of safeHeaders) response.setHeader(name, value);
    const target = originForm(request.url ?? '');
    if (target === undefined) return void response.writeHead(400, { 'content-length': 0 }).end();
    request.url = target;
    void answer(current, target, request, response);
  };
}

/** What the library does not know of is answered by us. */
function answer(
  { engine, services }: Serving,
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = ''] = target.split('?');
  const [, uid, issuerName] = interactionPath.exec(path) ?? [];
  if (uid !== undefined) return handleInteraction({ engine, services, request, response }, uid, issuerName);
  const returnedFrom = callbackPath.exec(path)?.[1];
  if (returnedFrom !== undefined) return handleCallback({ engine, services, request, response }, returnedFrom);
  const list = statusListPath.exec(path)?.[1];
  if (list !== undefined) return publishStatusList(services, Number(list), request, response);
  return engine.handle(request, response);
}

/**
 * The provider has one name, its issuer identifier, under whatever host and scheme a request or a proxy may put it:
 * links, cookies and the audience of assertions follow from that alone.
 */
function nameOnce({ headers }: IncomingMessage, host: string, scheme: string): void {
  headers.host = host;
  headers['x-forwarded-host'] = host;
  headers['x-forwarded-proto'] = scheme;
}

/** RFC 9112 section 3.2.2: "a server MUST accept the absolute-form in requests". What it says of the host is not asked. */
function originForm(target: string): string | undefined {
  if (target.startsWith('/') || target === '*') return target;
  const url = URL.parse(target);
  return url === null ? undefined : url.pathname + url.search;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { StoreUnavailable, storeRetryAfterSeconds } from '../../base/store-unavailable.ts';
import { providerFailed } from '../channels.ts';
import type { Services } from '../services.ts';
import { statusListUri } from './status-list-uri.ts';

/** Others may rely on a list for this many lifetimes where we cannot be reached. */
const outage = 10;

/** Answers with a status list token (draft-ietf-oauth-status-list-21 sections 8.1 and 8.2), to anybody. */
export async function publishStatusList(
  services: Services,
  number: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('access-control-allow-origin', '*');
  try {
    const refusal = refusalOf(request);
    if (refusal !== undefined) return end(response, ...refusal);
    const token = await listToken(services, number);
    if (token === undefined) return end(response, 404);
    if (token === 'stale') return end(response, 503, { 'retry-after': '1' });
    const { maxAge, text } = token;
    const body = { 'content-type': 'application/statuslist+jwt', 'content-length': String(text.length) };
    response.writeHead(200, { ...body, 'cache-control': `public, max-age=${maxAge}` });
    response.end(request.method === 'HEAD' ? undefined : text);
  } catch (error) {
    if (error instanceof StoreUnavailable) return end(response, 503, { 'retry-after': String(storeRetryAfterSeconds) });
    providerFailed.announce({ where: 'status lists', error });
    end(response, 500);
  }
}

function end(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-length': '0', 'cache-control': 'no-store', ...headers }).end();
}

type Refusal = Readonly<[status: number, headers?: Readonly<Record<string, string>>]>;

function refusalOf({ method, url = '' }: IncomingMessage): Refusal | undefined {
  if (method === 'OPTIONS') {
    return [204, { 'access-control-allow-methods': 'GET, HEAD', 'access-control-allow-headers': '*' }];
  }
  if (method !== 'GET' && method !== 'HEAD') return [405, { allow: 'GET, HEAD, OPTIONS' }];
  // Section 8.4: "If the Server does not support the additional query parameter, it SHOULD return a status code of 501".
  return new URLSearchParams(url.split('?')[1]).has('time') ? [501] : undefined;
}

/** Half of the time is for caches on the way, and half for whoever checks: together no more than was promised. */
async function listToken(
  { issuer, clock, keys, board, revocations, lifetimes }: Services,
  number: number,
): Promise<{ readonly text: string; readonly maxAge: number } | 'stale' | undefined> {
  // What this process has not heard of, its list would deny.
  if (revocations.isStale()) return 'stale';
  const list = await board.find(number);
  if (list === undefined) return undefined;
  const seconds = lifetimes.statusList / 1000;
  const ttl = Math.max(1, Math.floor(seconds / 2));
  const iat = Math.floor(clock() / 1000);
  const claims = { iss: issuer, sub: statusListUri(issuer, number), iat, exp: iat + Math.ceil(outage * seconds), ttl };
  const text = await list.signed(iat, (status_list) =>
    keys.sign({ ...claims, status_list: { ...status_list } }, 'statuslist+jwt'),
  );
  return { text, maxAge: ttl };
}

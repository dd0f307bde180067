import { lookup } from 'node:dns';
import type { Dispatcher } from 'undici';
import { admitUrl, placeOf } from './admit-url.ts';
import { createDispatchers, type Dispatchers } from './dispatchers.ts';
import { exchange } from './exchange.ts';
import { failureOfError } from './failure-of-error.ts';
import type { Resolver } from './guarded-lookup.ts';
import type {
  HttpClientOptions,
  HttpRequest,
  HttpResponse,
  HttpStream,
  HttpStreamRequest,
  JsonDocument,
  StreamingHttpClient,
} from './http-client.ts';
import { type HttpSettings, httpSettings } from './http-settings.ts';
import { publishedDocument } from './json-document.ts';
import { type NetFailure, type NetFailureCode, netFailure } from './net-failure.ts';
import { type NetResult, netFailed, netSuccess } from './net-result.ts';
import { openStream } from './open-stream.ts';

/**
 * @param resolve how names become addresses; the system's resolver unless a test says otherwise
 * @param env where `proxy: environment` looks
 * @throws HttpOptionsInvalid
 */
export function createHttpClient(
  options: HttpClientOptions = {},
  resolve: Resolver = lookup,
  env: Readonly<Record<string, string | undefined>> = process.env,
): StreamingHttpClient {
  const settings = httpSettings(options, env);
  const dispatchers = createDispatchers(settings, resolve);
  const send = (request: HttpRequest): Promise<NetResult<HttpResponse>> => {
    const limits = {
      timeout: timeoutOf(request, settings),
      maxBytes: request.maxBytes ?? settings.maxBytes,
      userAgent: settings.userAgent,
    };
    return call(dispatchers, request, ({ dispatcher, url }) => exchange(dispatcher, url, request, limits));
  };
  const open = (request: HttpStreamRequest): Promise<NetResult<HttpStream>> => {
    const limits = { timeout: timeoutOf(request, settings), userAgent: settings.userAgent };
    return call(dispatchers, request, ({ dispatcher, url, explain }) =>
      openStream(dispatcher, url, request, { ...limits, explain }),
    );
  };
  const { close } = dispatchers;
  return Object.freeze<StreamingHttpClient>({ send, open, getJson: (request) => getJson(send, request), close });
}

function timeoutOf({ timeout }: HttpRequest, settings: HttpSettings): number {
  return Math.min(timeout ?? settings.timeout, settings.timeout);
}

interface Line {
  readonly url: URL;
  readonly dispatcher: Dispatcher;
  explain(failure: NetFailure): NetFailure;
}

/** What holds for every request: which addresses may be called, that redirects are not followed, how failures are told. */
async function call<Answer extends Pick<HttpResponse, 'status' | 'headers'>>(
  dispatchers: Dispatchers,
  request: HttpRequest,
  perform: (line: Line) => Promise<Answer>,
): Promise<NetResult<Answer>> {
  const loopbackAllowed = request.namedBy !== 'peer';
  const admitted = admitUrl(request.url, loopbackAllowed);
  if (!admitted.ok) return admitted;
  const url = admitted.value;
  const { dispatcher, proxied } = dispatchers.route(url, loopbackAllowed);
  if (proxied && url.protocol !== 'https:') return netFailed(netFailure('not_https', { url: placeOf(url) }));
  const explain = (failure: NetFailure): NetFailure => atPlace(url, proxied ? blameProxy(failure) : failure);
  try {
    const answer = await perform({ url, dispatcher, explain });
    return isRedirect(answer) ? netFailed(redirected(url, answer)) : netSuccess(answer);
  } catch (error) {
    return netFailed(explain(request.signal?.aborted === true ? netFailure('aborted', {}) : failureOfError(error)));
  }
}

async function getJson(
  send: (request: HttpRequest) => Promise<NetResult<HttpResponse>>,
  request: HttpRequest,
): Promise<NetResult<JsonDocument>> {
  const accept = { accept: 'application/json, application/jwk-set+json;q=0.9, */*;q=0.1', ...request.headers };
  const answer = await send({ ...request, headers: accept });
  if (!answer.ok) return answer;
  const { status, headers } = answer.value;
  const url = request.url.replace(/[?#].*$/, '');
  if (status !== 200) return netFailed(netFailure('http_status', { url, status, server: headers['server'] ?? null }));
  const document = publishedDocument(answer.value);
  return document.ok ? document : netFailed({ ...document.failure, facts: { url, ...document.failure.facts } });
}

/** 304 answers a condition, which is never sent. */
function isRedirect({ status }: Pick<HttpResponse, 'status'>): boolean {
  return status >= 300 && status < 400;
}

function redirected(url: URL, { status, headers }: Pick<HttpResponse, 'status' | 'headers'>): NetFailure {
  const target = URL.parse(headers['location'] ?? '', url);
  return netFailure('redirect', { url: placeOf(url), status, to: target === null ? null : placeOf(target) });
}

function atPlace(url: URL, failure: NetFailure): NetFailure {
  return { ...failure, facts: { url: placeOf(url), ...failure.facts } };
}

/** Through a proxy, only the proxy itself is looked up and connected to. */
const ofTheConnection: ReadonlySet<NetFailureCode> = new Set(['unknown_host', 'refused', 'unreachable']);

function blameProxy(failure: NetFailure): NetFailure {
  return ofTheConnection.has(failure.code)
    ? netFailure('proxy_failed', { ...failure.facts, reason: failure.title })
    : failure;
}

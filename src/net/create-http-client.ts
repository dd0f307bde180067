import { lookup } from 'node:dns';
import { admitUrl, placeOf } from './admit-url.ts';
import { createDispatchers, type Dispatchers } from './dispatchers.ts';
import { exchange } from './exchange.ts';
import { failureOfError } from './failure-of-error.ts';
import type { Resolver } from './guarded-lookup.ts';
import type { HttpClient, HttpClientOptions, HttpRequest, HttpResponse, JsonDocument } from './http-client.ts';
import { type HttpSettings, httpSettings } from './http-settings.ts';
import { jsonDocument } from './json-document.ts';
import { type NetFailure, type NetFailureCode, netFailure } from './net-failure.ts';
import { type NetResult, netFailed, netSuccess } from './net-result.ts';

/**
 * @param resolve how names become addresses; the system's resolver unless a test says otherwise
 * @param env where `proxy: environment` looks
 * @throws HttpOptionsInvalid
 */
export function createHttpClient(
  options: HttpClientOptions = {},
  resolve: Resolver = lookup,
  env: Readonly<Record<string, string | undefined>> = process.env,
): HttpClient {
  const settings = httpSettings(options, env);
  const dispatchers = createDispatchers(settings, resolve);
  const send = (request: HttpRequest): Promise<NetResult<HttpResponse>> => sendBy(dispatchers, settings, request);
  return Object.freeze<HttpClient>({ send, getJson: (request) => getJson(send, request), close: dispatchers.close });
}

async function sendBy(
  dispatchers: Dispatchers,
  settings: HttpSettings,
  request: HttpRequest,
): Promise<NetResult<HttpResponse>> {
  const loopbackAllowed = request.namedBy !== 'peer';
  const admitted = admitUrl(request.url, loopbackAllowed);
  if (!admitted.ok) return admitted;
  const url = admitted.value;
  const { dispatcher, proxied } = dispatchers.route(url, loopbackAllowed);
  if (proxied && url.protocol !== 'https:') return netFailed(netFailure('not_https', { url: placeOf(url) }));
  try {
    const response = await exchange(dispatcher, url, request, {
      timeout: Math.min(request.timeout ?? settings.timeout, settings.timeout),
      maxBytes: request.maxBytes ?? settings.maxBytes,
      userAgent: settings.userAgent,
    });
    return isRedirect(response) ? netFailed(redirected(url, response)) : netSuccess(response);
  } catch (error) {
    const failure = request.signal?.aborted === true ? netFailure('aborted', {}) : failureOfError(error);
    return netFailed(atPlace(url, proxied ? blameProxy(failure) : failure));
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
  const document = jsonDocument(answer.value);
  return document.ok ? document : netFailed({ ...document.failure, facts: { url, ...document.failure.facts } });
}

/** 304 answers a condition, which is never sent. */
function isRedirect({ status }: HttpResponse): boolean {
  return status >= 300 && status < 400;
}

function redirected(url: URL, { status, headers }: HttpResponse): NetFailure {
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

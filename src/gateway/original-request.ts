import { rejection } from '../protocol/rejection.ts';
import { refuse, type Verdict } from '../protocol/verdict.ts';
import type { Exchange } from './exchange.ts';
import { canonicalRequest, type InboundRequest } from './inbound-request.ts';

/** The original request, in the words of the proxy that asks. */
interface Told {
  readonly method: string | undefined;
  readonly host: string | undefined;
  readonly target: string | undefined;
}

/** RFC 9110 section 9.1: a method is a token; these two never reach an upstream through a gateway. */
const judgeable = /^(?!CONNECT$|TRACE$)[\w!#$%&'*+.^`|~-]{1,64}$/;

/**
 * What another proxy asks about: by `X-Original-*` (nginx), by `X-Forwarded-*` (Traefik, Caddy), or by its own request,
 * with the path behind ours (Envoy). Proxies pass their clients' headers on, so only one of these may speak, and it must
 * say everything: a half left out is a half that the client could put in.
 */
export function readOriginalRequest(exchange: Exchange, asked: InboundRequest): Verdict<InboundRequest> {
  if (!exchange.isTrusted) return refuse(rejection('proxy_untrusted', { peer: exchange.peer.address }));
  const { names } = asked.head;
  const repeated = names.find(({ lower }, i) => tells.has(lower) && names.findIndex((n) => n.lower === lower) !== i);
  if (repeated !== undefined) return refuse(rejection('request_malformed', { reason: `two ${repeated.lower}` }));
  const accounts = [byOriginalHeaders(asked), byForwardedHeaders(asked), byOwnTarget(exchange, asked)];
  const [told, ...others] = accounts.filter((account) => account !== undefined);
  if (told === undefined) return refuse(rejection('request_malformed', { reason: 'no original request' }));
  if (others.length > 0) return refuse(rejection('request_malformed', { reason: 'more than one original request' }));
  return readTold(exchange, told, asked);
}

const tells: ReadonlySet<string> = new Set([
  'x-original-method',
  'x-original-uri',
  'x-original-url',
  'x-original-host',
  'x-forwarded-method',
  'x-forwarded-uri',
  'x-forwarded-host',
]);

function byOriginalHeaders(asked: InboundRequest): Told | undefined {
  const method = asked.field('x-original-method');
  const uri = asked.field('x-original-uri');
  const url = asked.field('x-original-url');
  const host = asked.field('x-original-host');
  if (method === undefined && uri === undefined && url === undefined && host === undefined) return undefined;
  const authority = /^https?:\/\/([^/?#]*)/i.exec(url ?? '')?.[1];
  const target = uri !== undefined && url !== undefined ? undefined : (uri ?? url);
  return { method, host: host ?? authority ?? asked.head.host, target };
}

/** `X-Forwarded-Host` alone is no question: every proxy sends it. */
function byForwardedHeaders(asked: InboundRequest): Told | undefined {
  const method = asked.field('x-forwarded-method');
  const target = asked.field('x-forwarded-uri');
  if (method === undefined && target === undefined) return undefined;
  return { method, host: asked.field('x-forwarded-host') ?? asked.head.host, target };
}

function byOwnTarget({ generation }: Exchange, asked: InboundRequest): Told | undefined {
  const path = asked.path.slice(generation.decisionPath.length);
  if (path === '') return undefined;
  return { method: asked.method, host: asked.head.host, target: asked.query === '' ? path : `${path}?${asked.query}` };
}

function readTold({ generation }: Exchange, told: Told, asked: InboundRequest): Verdict<InboundRequest> {
  const { method, host, target } = told;
  if (method === undefined || host === undefined || target === undefined) {
    return refuse(rejection('request_malformed', { reason: 'half an original request' }));
  }
  if (!judgeable.test(method)) return refuse(rejection('request_malformed', { reason: 'no method to judge' }));
  if (target.length > generation.limits.targetLength) {
    return refuse(rejection('target_too_long', { length: target.length }));
  }
  return canonicalRequest(method, host, target, asked.head, true);
}

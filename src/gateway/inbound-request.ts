import type { IncomingMessage } from 'node:http';
import type { AccessRequest } from '../protocol/access-request.ts';
import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import { canonicalTarget, type Target } from './canonical-target.ts';
import { parseHost } from './host.ts';
import { type MessageHead, readHead } from './message-head.ts';
import { policyHeader } from './policy-header.ts';

/** A request in its one canonical form. */
export class InboundRequest implements AccessRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly authorization: readonly string[];
  readonly head: MessageHead;
  /** Whether it comes from a proxy that may say whom it speaks for. */
  readonly #isTrusted: boolean;

  constructor(method: string, host: string, target: Target, head: MessageHead, isTrusted: boolean) {
    this.method = method;
    this.host = host;
    this.path = target.path;
    this.query = target.query;
    this.authorization = head.authorization;
    this.head = head;
    this.#isTrusted = isTrusted;
  }

  get hasBody(): boolean {
    return this.head.isChunked || (this.head.contentLength ?? 0) > 0;
  }

  header(name: string): string | undefined {
    return policyHeader(this.head, name, this.#isTrusted);
  }

  /** The first field of that name, whatever it means, by its lower-case name. */
  field(name: string): string | undefined {
    const index = this.head.names.findIndex(({ lower }) => lower === name);
    return index === -1 ? undefined : this.head.fields[index * 2 + 1];
  }
}

export interface ReadingLimits {
  readonly headerCount: number;
  readonly targetLength: number;
}

/** The first step of every journey: what was asked, if it can be read in one way only. */
export function readRequest(
  incoming: IncomingMessage,
  limits: ReadingLimits,
  isTrusted: boolean,
): Verdict<InboundRequest> {
  const method = incoming.method ?? '';
  const target = incoming.url ?? '';
  if (target.length > limits.targetLength) return refuse(rejection('target_too_long', { length: target.length }));
  if (method === 'TRACE') return refuse(rejection('method_unsupported', { method }));
  const head = readHead(incoming, limits.headerCount);
  return head.ok ? canonicalRequest(method, head.value.host, target, head.value, isTrusted) : head;
}

/** For a request that came here, or one that another proxy tells us of. */
export function canonicalRequest(
  method: string,
  hostField: string,
  target: string,
  head: MessageHead,
  isTrusted: boolean,
): Verdict<InboundRequest> {
  const host = parseHost(hostField);
  if (host === undefined) return refuse(rejection('request_malformed', { reason: 'Host names no host' }));
  const canonical = canonicalTarget(target, method);
  if (!canonical.ok) return canonical;
  const { authority } = canonical.value;
  if (authority !== undefined && !agree(authority, hostField)) {
    return refuse(rejection('request_malformed', { reason: 'Host and target name different hosts' }));
  }
  return accept(new InboundRequest(method, host.name, canonical.value, head, isTrusted));
}

/** RFC 9112 section 3.2.2 lets the target win; whoever read only Host would have seen another request. */
function agree(authority: string, hostField: string): boolean {
  return authority.toLowerCase() === hostField.toLowerCase();
}

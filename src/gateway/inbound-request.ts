import type { AccessRequest } from '../protocol/access-request.ts';
import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import { canonicalTarget, type Target } from './canonical-target.ts';
import type { RequestHead } from './downstream/index.ts';
import { parseHost } from './host.ts';
import { policyHeader } from './policy-header.ts';

/** A request in its one canonical form. */
export class InboundRequest implements AccessRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly authorization: readonly string[];
  readonly head: RequestHead;
  /** Whether it comes from a proxy that may say whom it speaks for. */
  readonly #isTrusted: boolean;

  constructor(method: string, host: string, target: Target, head: RequestHead, isTrusted: boolean) {
    this.method = method;
    this.host = host;
    this.path = target.path;
    this.query = target.query;
    this.authorization = head.authorization;
    this.head = head;
    this.#isTrusted = isTrusted;
  }

  get hasBody(): boolean {
    return this.head.hasBody;
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
export function readRequest(head: RequestHead, limits: ReadingLimits, isTrusted: boolean): Verdict<InboundRequest> {
  const { method, target, names, fault } = head;
  if (target.length > limits.targetLength) return refuse(rejection('target_too_long', { length: target.length }));
  if (names.length > limits.headerCount) return refuse(rejection('headers_too_large', { headers: names.length }));
  if (fault !== undefined) return refuse(fault);
  if (method === 'TRACE' || method === 'CONNECT') return refuse(rejection('method_unsupported', { method }));
  return canonicalRequest(method, head.host, target, head, isTrusted);
}

/** For a request that came here, or one that another proxy tells us of. */
export function canonicalRequest(
  method: string,
  hostField: string,
  target: string,
  head: RequestHead,
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

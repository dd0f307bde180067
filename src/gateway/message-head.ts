import type { IncomingMessage } from 'node:http';
import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import { type HeaderName, headerName, isDisguisedFraming } from './header-name.ts';

/** What the header fields say of the message itself. node:http has parsed them; here they must also agree. */
export interface MessageHead {
  /** One for each pair of `fields`, in order. */
  readonly names: readonly HeaderName[];
  /** Name, value, name, value, as sent. */
  readonly fields: readonly string[];
  /** Exactly one; not yet parsed. */
  readonly host: string;
  readonly authorization: readonly string[];
  readonly contentLength: number | undefined;
  readonly isChunked: boolean;
  /** What `Connection` lists, lower case; undefined where it lists nothing but `keep-alive` or `close`. */
  readonly connection: ReadonlySet<string> | undefined;
}

interface Draft {
  hosts: string[];
  lengths: string[];
  codings: string[];
  authorization: string[];
  connection: Set<string> | undefined;
  disguised: string | undefined;
}

/**
 * RFC 9112 section 6.3 and section 3.2: where fields disagree about where the message ends or whom it is for, one
 * reader could see another message than the next. Such requests are refused, not repaired.
 */
export function readHead(incoming: IncomingMessage, headerCount: number): Verdict<MessageHead> {
  const fields = incoming.rawHeaders;
  if (fields.length > headerCount * 2) {
    return refuse(rejection('headers_too_large', { headers: fields.length / 2 }));
  }
  const draft: Draft = {
    hosts: [],
    lengths: [],
    codings: [],
    authorization: [],
    connection: undefined,
    disguised: undefined,
  };
  const names: HeaderName[] = [];
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const name = headerName(fields[i] ?? '');
    names.push(name);
    if (name.role !== 'end-to-end') note(draft, name, fields[i + 1] ?? '');
  }
  return settle(draft, incoming, fields, names);
}

function note(draft: Draft, name: HeaderName, value: string): void {
  switch (name.role) {
    case 'host':
      draft.hosts.push(value);
      break;
    case 'content-length':
      draft.lengths.push(value);
      break;
    case 'transfer-encoding':
      draft.codings.push(value);
      break;
    case 'connection':
      noteConnection(draft, value);
      break;
    case 'disguised':
      if (isDisguisedFraming(name)) draft.disguised = name.lower;
      break;
    default:
      if (name.lower === 'authorization') draft.authorization.push(value);
  }
}

function noteConnection(draft: Draft, value: string): void {
  const lower = value.toLowerCase();
  if (lower === 'keep-alive' || lower === 'close') return;
  draft.connection ??= new Set();
  for (const option of lower.split(',')) draft.connection.add(option.trim());
}

function settle(
  draft: Draft,
  incoming: IncomingMessage,
  fields: readonly string[],
  names: readonly HeaderName[],
): Verdict<MessageHead> {
  const [host] = draft.hosts;
  const reason = versionFault(incoming) ?? framingFault(draft, incoming);
  if (reason !== undefined) return refuse(rejection('request_malformed', { reason }));
  if (host === undefined) return refuse(rejection('request_malformed', { reason: 'no Host' }));
  const [coding] = draft.codings;
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
    return refuse(rejection('transfer_coding_unsupported'));
  }
  const [length] = draft.lengths;
  return accept({
    names,
    fields,
    host,
    authorization: draft.authorization,
    contentLength: length === undefined ? undefined : Number(length),
    isChunked: coding !== undefined,
    connection: draft.connection,
  });
}

/** HTTP/0.9 has neither headers nor framing; node:http would let it pass. */
function versionFault(incoming: IncomingMessage): string | undefined {
  return incoming.httpVersionMajor === 1 ? undefined : `HTTP version ${incoming.httpVersion}`;
}

function framingFault(draft: Draft, incoming: IncomingMessage): string | undefined {
  const { hosts, lengths, codings } = draft;
  if (hosts.length > 1) return 'more than one Host';
  if (lengths.length > 1) return 'more than one Content-Length';
  if (codings.length > 1) return 'more than one Transfer-Encoding';
  if (draft.disguised !== undefined) return 'a field that imitates Content-Length or Transfer-Encoding';
  if (lengths.length === 0 && codings.length === 0) return undefined;
  if (lengths.length + codings.length > 1) return 'both Content-Length and Transfer-Encoding';
  return codings.length === 1 ? chunkedFault(incoming) : lengthFault(incoming, lengths[0] ?? '');
}

/** RFC 9112 section 6.1: HTTP/1.0 knows no transfer coding. */
function chunkedFault(incoming: IncomingMessage): string | undefined {
  if (incoming.httpVersionMinor === 0) return 'Transfer-Encoding in HTTP/1.0';
  return expectsNoContent(incoming) ? `content with ${incoming.method}` : undefined;
}

function lengthFault(incoming: IncomingMessage, length: string): string | undefined {
  if (!/^[0-9]{1,15}$/.test(length)) return 'Content-Length is no number';
  return Number(length) > 0 && expectsNoContent(incoming) ? `content with ${incoming.method}` : undefined;
}

/** RFC 9110 section 9.3.1: content in a GET has no meaning, and much potential for request smuggling. */
function expectsNoContent(incoming: IncomingMessage): boolean {
  return incoming.method === 'GET' || incoming.method === 'HEAD';
}

import type { RequestFinished } from '../gateway/index.ts';
import { kindOf, type Rejection } from '../protocol/rejection.ts';
import { maskSecrets } from './mask-secrets.ts';
import { bounded, loggable } from './redact.ts';

/**
 * The line of a request. It is written more often than all other lines together, so it is put together as text; it
 * looks as if the logger had written it, and each of its texts is bounded and masked as those of the logger are.
 *
 * @param time  ISO 8601
 * @param bound what every line of the logger carries, by `membersOf`
 */
export function requestLine(level: string, time: string, bound: string, request: RequestFinished): string {
  const { caller, rejection } = request;
  return (
    `{"level":"${level}","time":"${time}"${bound},"request_id":${quoted(request.requestId)},"face":"${request.face}"` +
    known('peer', request.peer) +
    known('method', request.method) +
    known('host', request.host) +
    text('path', request.path) +
    known('api', request.api) +
    number('status', request.status) +
    (request.isAborted ? ',"aborted":true' : '') +
    number('duration_ms', request.durationMs) +
    number('upstream_ms', request.upstreamMs) +
    number('bytes_in', request.bytesIn) +
    number('bytes_out', request.bytesOut) +
    (caller === undefined ? '' : callerOf(caller)) +
    (rejection === undefined ? '' : refusalOf(rejection)) +
    ',"msg":"request"}\n'
  );
}

function callerOf({ issuer, subject, client, consumer, tokenHash }: NonNullable<RequestFinished['caller']>): string {
  return (
    known('issuer', issuer) +
    text('subject', subject) +
    known('client', client) +
    known('consumer', consumer) +
    text('token_hash', tokenHash)
  );
}

function refusalOf(rejection: Rejection): string {
  const { code, facts } = rejection;
  return maskSecrets(membersOf(loggable({ code, check: kindOf(rejection).check, facts })));
}

/** The members of an object as part of a line. */
export function membersOf(members: object): string {
  const inner = JSON.stringify(members).slice(1, -1);
  return inner === '' ? '' : `,${inner}`;
}

function text(name: string, value: string | undefined): string {
  return value === undefined ? '' : `,"${name}":${quoted(value)}`;
}

function number(name: string, value: number | undefined): string {
  return value === undefined ? '' : `,"${name}":${value}`;
}

/** What the same few texts look like in a line; the bound is for those who invent new ones. */
const remembered = new Map<string, string>();
const rememberedAtMost = 4096;

/** Like `text`, for what comes again and again. */
function known(name: string, value: string | undefined): string {
  if (value === undefined) return '';
  let told = remembered.get(value);
  if (told === undefined) {
    told = quoted(value);
    if (remembered.size < rememberedAtMost) remembered.set(value, told);
  }
  return `,"${name}":${told}`;
}

/** Nothing that JSON would escape, or that is too long. */
const plain = /^[\w.:/~!*'(),;=+%-]{0,256}$/;
/** How secrets begin that are plain. */
const suspicious = /e[wy]|gh/;

function quoted(value: string): string {
  if (plain.test(value) && !suspicious.test(value)) return `"${value}"`;
  return maskSecrets(JSON.stringify(bounded(value)));
}

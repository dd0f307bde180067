import type { RequestFinished } from '../gateway/index.ts';
import { kindOf, type Rejection } from '../protocol/rejection.ts';
import { maskSecrets } from './mask-secrets.ts';
import { bounded, loggable } from './redact.ts';

/**
 * The line of a request. It is written more often than all other lines together, so it is put together as text; it
 * looks as if the logger had written it, and is bounded and masked like every line of the logger.
 *
 * @param time  ISO 8601
 * @param bound what every line of the logger carries, by `membersOf`
 */
export function requestLine(level: string, time: string, bound: string, request: RequestFinished): string {
  const { caller, rejection } = request;
  const line =
    `{"level":"${level}","time":"${time}"${bound},"request_id":${quoted(request.requestId)},"face":"${request.face}"` +
    text('peer', request.peer) +
    text('method', request.method) +
    text('host', request.host) +
    text('path', request.path) +
    text('api', request.api) +
    number('status', request.status) +
    (request.isAborted ? ',"aborted":true' : '') +
    number('duration_ms', request.durationMs) +
    number('upstream_ms', request.upstreamMs) +
    number('bytes_in', request.bytesIn) +
    number('bytes_out', request.bytesOut) +
    (caller === undefined ? '' : callerOf(caller)) +
    (rejection === undefined ? '' : refusalOf(rejection));
  return `${maskSecrets(line)},"msg":"request"}\n`;
}

function callerOf({ issuer, subject, client, consumer, tokenHash }: NonNullable<RequestFinished['caller']>): string {
  return (
    text('issuer', issuer) +
    text('subject', subject) +
    text('client', client) +
    text('consumer', consumer) +
    text('token_hash', tokenHash)
  );
}

function refusalOf(rejection: Rejection): string {
  const { code, facts } = rejection;
  return membersOf(loggable({ code, check: kindOf(rejection).check, facts }));
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

function quoted(value: string): string {
  return JSON.stringify(bounded(value));
}

import { refusalResponse } from '../protocol/refusal-response.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** Ends an exchange with a refusal, if an answer can still be given. */
export function refuse(exchange: Exchange, rejected: Rejection): void {
  exchange.rejection = rejected;
  if (exchange.isOver) return;
  if (exchange.answer.status !== undefined) cutOff(exchange);
  else sayNo(exchange, rejected);
}

function sayNo(exchange: Exchange, rejected: Rejection): void {
  const { api, request } = exchange;
  const { status, headers, body } = refusalResponse(rejected, exchange.id, api?.realm ?? exchange.generation.realm);
  const fields = Object.entries(headers).flatMap(([name, value]) => (name === 'x-request-id' ? [] : [name, value]));
  if (api?.cors !== undefined) fields.push(...api.cors.fieldsFor(request?.header('origin')));
  // What could not be read may be framed otherwise than it seems: nothing more is read from this connection.
  if (request === undefined) exchange.answer.isKept = false;
  answer(exchange, status, fields, body);
}

/**
 * An answer that has begun cannot be taken back. A reset tells even the client of an answer without length or chunks
 * that it is incomplete.
 */
function cutOff(exchange: Exchange): void {
  exchange.isAborted = true;
  exchange.answer.reset();
}

/** What nobody foresaw: refused, and told to the operator. */
export function refuseUnforeseen(exchange: Exchange, error: unknown): void {
  const facts = error instanceof Error ? { error: error.name, reason: error.message } : { error: typeof error };
  refuse(exchange, rejection('internal_error', facts));
}

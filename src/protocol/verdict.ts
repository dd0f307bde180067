import type { Rejection } from './rejection.ts';

/** The outcome of a check: a value or the reason why not. Never an exception. */
export type Verdict<Value> = Accepted<Value> | Rejected;

export interface Accepted<Value> {
  readonly ok: true;
  readonly value: Value;
}

export interface Rejected {
  readonly ok: false;
  readonly rejection: Rejection;
}

export function accept<Value>(value: Value): Accepted<Value> {
  return { ok: true, value };
}

export function refuse(rejection: Rejection): Rejected {
  return { ok: false, rejection };
}

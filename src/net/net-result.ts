import type { NetFailure } from './net-failure.ts';

/** The outcome of an outbound request: a value, or the reason why there is none. */
export type NetResult<Value> = { readonly ok: true; readonly value: Value } | NetFailed;

export interface NetFailed {
  readonly ok: false;
  readonly failure: NetFailure;
}

export function netSuccess<Value>(value: Value): NetResult<Value> {
  return { ok: true, value };
}

export function netFailed(failure: NetFailure): NetFailed {
  return { ok: false, failure };
}

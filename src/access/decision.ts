import type { Principal } from '../protocol/principal.ts';
import type { Rejection } from '../protocol/rejection.ts';

/** The outcome of the journey: a value, never an exception. */
export type Decision = Granted | Refused;

export interface Granted {
  readonly granted: true;
  readonly principal: Principal;
  /**
   * What a spender of the decision works out once per token (identity headers, the JWT for the upstream), by a key
   * of its own. It dies with the cache entry, and so with the token.
   */
  readonly memo: Map<object, unknown>;
}

export interface Refused {
  readonly granted: false;
  readonly rejection: Rejection;
  /** Who was refused, where the token itself was good. */
  readonly principal: Principal | undefined;
}

export function refused(rejection: Rejection, principal?: Principal): Refused {
  return { granted: false, rejection, principal };
}

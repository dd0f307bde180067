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

export function grantedTo(principal: Principal): Granted {
  return new GrantedOnce(principal);
}

/** Many tokens are remembered, and of most of them nothing is ever worked out: the memo is made when it is asked for. */
class GrantedOnce implements Granted {
  readonly granted = true;
  readonly principal: Principal;
  #memo: Map<object, unknown> | undefined;

  constructor(principal: Principal) {
    this.principal = principal;
  }

  get memo(): Map<object, unknown> {
    this.#memo ??= new Map();
    return this.#memo;
  }
}

export function refused(rejection: Rejection, principal?: Principal): Refused {
  return { granted: false, rejection, principal };
}

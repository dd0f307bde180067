import type { EpochMs } from '../base/clock.ts';
import type { Claims } from '../protocol/claims.ts';
import type { EndpointFailure, IntrospectionFailure } from './introspection-failure.ts';

/** What an issuer said of a token (RFC 7662 section 2.2). Still to be judged. */
export interface Answer {
  /** Everything that it said, but for `active`; undefined where the token is not active. */
  readonly claims: Claims | undefined;
  /** When it was asked: it may have looked at the token at any moment since then. */
  readonly askedAt: EpochMs;
  /** Bytes of the answer, for those who keep it. */
  readonly size: number;
}

/** An answer, or the reason why there is none: which says nothing about the token. */
export type Asked = { readonly ok: true; readonly answer: Answer } | Unanswered;

export interface Unanswered {
  readonly ok: false;
  readonly failure: IntrospectionFailure;
}

export function answered(answer: Answer): Asked {
  return { ok: true, answer };
}

export function unanswered(failure: EndpointFailure | IntrospectionFailure): Unanswered {
  return { ok: false, failure };
}

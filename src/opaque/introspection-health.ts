import type { EpochMs } from '../base/clock.ts';
import type { IntrospectionFailure } from './introspection-failure.ts';

/** What the operator sees of an introspection endpoint. Holds no token and no secret. */
export interface IntrospectionHealth {
  readonly issuerName: string;
  /** Without its query. */
  readonly endpoint: string;
  /**
   * `waiting`: not asked yet. `ok`: the last answer was one. `failing`: it was none. `open`: it failed so often in a row
   * that it is left alone until `nextAttempt`.
   */
  readonly state: 'waiting' | 'ok' | 'failing' | 'open';
  readonly lastSuccess: EpochMs | undefined;
  /** Stays after a success, for whoever wonders what happened. */
  readonly lastFailure: { readonly at: EpochMs; readonly failure: IntrospectionFailure } | undefined;
  /** In a row. */
  readonly failures: number;
  /** Set while `open`: when the next request is let through. */
  readonly nextAttempt: EpochMs | undefined;
  /** Tokens whose answers are remembered: active ones, and all others. */
  readonly remembered: { readonly active: number; readonly inactive: number };
  /** Requests under way, and those that wait for their turn. */
  readonly asking: number;
  readonly waiting: number;
}

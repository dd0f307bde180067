import type { EpochMs, NumericDate } from '../base/clock.ts';
import type { RevocationKind } from './revocation.ts';

/** Why a token is dead: the entry that reaches furthest. */
export interface RevocationMatch {
  readonly kind: RevocationKind;
  readonly seq: number;
  /** The effective cut-off, in seconds; undefined where the entry names this very token. */
  readonly before: NumericDate | undefined;
  /** From here on the token is dead; undefined: it is dead now. */
  readonly from: EpochMs | undefined;
}

/** Whether the entry has begun to kill. */
export function isInForce({ from }: RevocationMatch, now: EpochMs): boolean {
  return from === undefined || now >= from;
}

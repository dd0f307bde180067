import { channel } from '../base/channel.ts';
import type { EpochMs } from '../base/clock.ts';
import type { StatusListFailure } from './status-list-failure.ts';

export interface StatusListFetched {
  readonly issuer: string;
  /** Without its query. */
  readonly uri: string;
  /** How many tokens it has a place for. */
  readonly entries: number;
  readonly freshUntil: EpochMs;
}

export interface StatusListNotFetched {
  readonly issuer: string;
  /** Without its query. */
  readonly uri: string;
  readonly failure: StatusListFailure;
  /** How many times in a row. */
  readonly failures: number;
  /** Until when the list from before serves; undefined where there is none. */
  readonly usableUntil: EpochMs | undefined;
}

export const statusListsFetched = channel<StatusListFetched>('gatehouse:status:list-fetched');
export const statusListsNotFetched = channel<StatusListNotFetched>('gatehouse:status:list-not-fetched');

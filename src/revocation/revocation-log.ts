import type { EpochMs } from '../base/clock.ts';
import type { LogPage, LogPosition } from './log-position.ts';
import type { NewRevocation, Revocation, RevocationKind } from './revocation.ts';

/** Which entries to list; what is left out does not narrow. */
export interface RevocationFilter {
  readonly issuer?: string | undefined;
  readonly kind?: RevocationKind | undefined;
  readonly value?: string | undefined;
  readonly actor?: string | undefined;
  /** Only entries appended at that time or later, where the clocks of those who append differ by less than a minute. */
  readonly since?: EpochMs | undefined;
  /** Only entries with a smaller sequence number: the next page. */
  readonly beforeSeq?: number | undefined;
  /** The most entries to return. */
  readonly limit: number;
}

/**
 * PORT. The append-only log that every gateway follows. Entries become visible in the order of their sequence numbers:
 * whoever has read up to a position has missed nothing before it. A method rejects when the log cannot be asked.
 */
export interface RevocationLog {
  /**
   * All or nothing, in one transaction; resolves when the entries are durable.
   *
   * @throws RevocationInvalid naming everything that is wrong with the entries; nothing was appended then
   */
  append(entries: readonly NewRevocation[]): Promise<readonly Revocation[]>;
  /**
   * The entries that follow, in order, at most `limit` of them. Undefined where the position is not in the history of
   * this log, or no longer known to be: its reader may have read what is not there and has to begin at the start.
   */
  readAfter(position: LogPosition, limit: number): Promise<LogPage | undefined>;
  /** The greatest sequence number ever given, 0 at first: not lowered by a purge. */
  head(): Promise<number>;
  /** Newest first. */
  list(filter: RevocationFilter): Promise<readonly Revocation[]>;
  /**
   * Drops the entries whose `expiresAt` is not after `now`, and returns how many: all but the newest of the log, by
   * which its readers tell where they stand.
   */
  purge(now: EpochMs): Promise<number>;
  /** Calls `wake` whenever there may be something new, soon and perhaps too often. Returns how to stop. */
  subscribe?(wake: () => void): () => void;
}

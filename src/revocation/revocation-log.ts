import type { EpochMs } from '../base/clock.ts';
import type { NewRevocation, Revocation, RevocationKind } from './revocation.ts';

/** Which entries to list; what is left out does not narrow. */
export interface RevocationFilter {
  readonly issuer?: string | undefined;
  readonly kind?: RevocationKind | undefined;
  readonly value?: string | undefined;
  readonly actor?: string | undefined;
  /** Only entries with a smaller sequence number: the next page. */
  readonly beforeSeq?: number | undefined;
  /** The most entries to return. */
  readonly limit: number;
}

/**
 * PORT. The append-only log that every gateway follows. Whoever has read up to a sequence number has missed nothing
 * below it. A method rejects when the log cannot be asked.
 */
export interface RevocationLog {
  /**
   * All or nothing, in one transaction; resolves when the entries are durable.
   *
   * @throws RevocationInvalid naming everything that is wrong with the entries; nothing was appended then
   */
  append(entries: readonly NewRevocation[]): Promise<readonly Revocation[]>;
  /** The entries with a greater sequence number, in order; fewer than `limit` only when the end was reached. */
  readAfter(seq: number, limit: number): Promise<readonly Revocation[]>;
  /** The greatest sequence number ever given, 0 at first: not lowered by a purge. */
  head(): Promise<number>;
  /** Newest first. */
  list(filter: RevocationFilter): Promise<readonly Revocation[]>;
  /** Drops the entries whose `expiresAt` is not after `now`; returns how many. */
  purge(now: EpochMs): Promise<number>;
  /** Calls `wake` whenever there may be something new, soon and perhaps too often. Returns how to stop. */
  subscribe?(wake: () => void): () => void;
}

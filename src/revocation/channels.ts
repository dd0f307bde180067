import { channel } from '../base/channel.ts';
import type { EpochMs } from '../base/clock.ts';
import type { LogPosition } from './log-position.ts';
import type { Receipt } from './receipt.ts';
import type { Revocation, RevocationEffect } from './revocation.ts';

/** This process has appended entries, and they are durable. Announced by the log. */
export const revocationsAppended = channel<{ readonly entries: readonly Revocation[] }>(
  'gatehouse:revocation:appended',
);

/** Entries, whoever appended them, are in this process's index from `at` on. */
export const revocationsApplied = channel<{
  readonly entries: readonly RevocationEffect[];
  readonly at: EpochMs;
  /** Whether they were read on the way to the first catch-up, and are old news. */
  readonly initial: boolean;
}>('gatehouse:revocation:applied');

/** What was read is not the history of the log any more, as after a restored backup; it is read anew from the start. */
export const revocationLogReplaced = channel<{ readonly position: LogPosition }>('gatehouse:revocation:log-replaced');

/** The log could not be read; the follower tries again. */
export const revocationLogUnreadable = channel<{ readonly error: unknown }>('gatehouse:revocation:log-unreadable');

/** A gateway could not say that it is there; it tries again, and refuses what its APIs say when its lease runs out. */
export const presenceUnreported = channel<{ readonly error: unknown }>('gatehouse:revocation:presence-unreported');

/** Somebody waited for a revocation to come into force everywhere. */
export const receiptGiven = channel<Receipt>('gatehouse:revocation:receipt-given');

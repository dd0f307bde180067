import { channel } from '../base/channel.ts';
import type { SignalRefusal } from './signal-refusal.ts';

/** How a signal came in. */
export type SignalPath = 'push' | 'poll' | 'logout' | 'global-revocation';

/** A signal was taken, and what it asks for is durable. One for each of its events. */
export const signalTaken = channel<{
  readonly receiver: string;
  readonly path: SignalPath;
  /** The short name of an event that is known, else `unknown`. */
  readonly event: string;
  /** The event type as it was sent, bounded. */
  readonly type: string;
  /**
   * `revoked`; `expired`: whatever it could hit has expired; `noted`: there is nothing to revoke; `unknown`: nobody
   * here knows this type of event; `repeated`: it was received before.
   */
  readonly outcome: 'revoked' | 'expired' | 'noted' | 'unknown' | 'repeated';
  readonly jti: string;
  /** What was revoked: how many entries. */
  readonly entries: number;
  readonly reason: string;
}>('gatehouse:signals:taken');

export const signalRefused = channel<{
  readonly receiver: string;
  readonly path: SignalPath;
  readonly refusal: SignalRefusal;
  /** Of the peer; undefined for what was polled. */
  readonly address: string | undefined;
}>('gatehouse:signals:refused');

/** The transmitter could not be polled; it is tried again. */
export const pollFailed = channel<{
  readonly receiver: string;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** How many times in a row. */
  readonly failures: number;
}>('gatehouse:signals:poll-failed');

/** Something went wrong that is no sender's fault. */
export const signalsFailed = channel<{ readonly where: string; readonly error: unknown }>('gatehouse:signals:failed');

/** A receiver of ours has heard of one of our revocations. */
export const revocationTold = channel<{ readonly stream: string; readonly seq: number; readonly kind: string }>(
  'gatehouse:signals:told',
);

/** A receiver of ours refused the SET of one of our revocations for good. */
export const revocationUntold = channel<{
  readonly stream: string;
  readonly seq: number;
  readonly kind: string;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
}>('gatehouse:signals:untold');

/** A receiver of ours could not be told; it is tried again. */
export const streamFailed = channel<{
  readonly stream: string;
  readonly seq: number | undefined;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** How many times in a row. */
  readonly failures: number;
  /** Milliseconds until the next try. */
  readonly pause: number;
}>('gatehouse:signals:stream-failed');

/** A receiver of ours has taken the verification event that it asked for. */
export const streamVerified = channel<{ readonly stream: string }>('gatehouse:signals:stream-verified');

import { channel } from '../base/channel.ts';

/** A worker serves: one of the first, or one in the place of one that was lost. */
export const workerStarted = channel<{ readonly number: number; readonly pid: number }>('gatehouse:workers:started');

/** A worker has ended that nobody told to, or could not start where one was lost. */
export const workerLost = channel<{
  readonly number: number;
  readonly pid: number;
  /** How it ended, or why it could not start. */
  readonly reason: string;
  /** Milliseconds until another is started in its place. */
  readonly retryMs: number;
}>('gatehouse:workers:lost');

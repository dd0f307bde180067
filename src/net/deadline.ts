import { netFailure } from './net-failure.ts';
import { NetRefusal } from './net-refusal.ts';

export interface Deadline {
  /** Aborted, with a refusal as its reason, when the time is over. */
  readonly signal: AbortSignal;
  clear(): void;
}

/** undici's own time-outs are each for a phase, and a peer that drips one byte at a time outwits them. */
export function startDeadline(milliseconds: number, phase: 'total' | 'body'): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new NetRefusal(netFailure('timeout', { phase, milliseconds })));
  }, milliseconds);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

import type { Clock } from '../base/clock.ts';
import type { HttpClient } from '../net/index.ts';
import type { SignalEffects, SignalMemory } from './ports.ts';

/** What receiving stands on. */
export interface ReceivingDependencies {
  readonly clock: Clock;
  readonly memory: SignalMemory;
  readonly effects: SignalEffects;
}

export interface SignalsDependencies extends ReceivingDependencies {
  /** By which transmitters are polled: one that waits as long as a long poll may take. */
  readonly http: HttpClient;
}

import type { IncomingMessage } from 'node:http';
import type { SignalPath } from '../channels.ts';
import type { ReceivingDependencies } from '../dependencies.ts';
import type { Receiver } from '../receiver.ts';
import type { SignalRefusal, SignalVerdict } from '../signal-refusal.ts';

export interface EndpointAnswer {
  readonly status: number;
  readonly body?: Readonly<Record<string, string>>;
}

/** One way in which signals arrive, with the manners of its specification. */
export interface SignalEndpoint {
  readonly path: SignalPath;
  isOpen(receiver: Receiver): boolean;
  /** Resolves with the `jti` of what is durable now; rejects where that cannot be. */
  take(
    request: IncomingMessage,
    receiver: Receiver,
    dependencies: ReceivingDependencies,
  ): Promise<SignalVerdict<string>>;
  readonly accepted: EndpointAnswer;
  refused(refusal: SignalRefusal): EndpointAnswer;
}

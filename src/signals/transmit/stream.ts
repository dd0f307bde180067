import type { SignalEventName } from '../events/event-types.ts';

/** The events by which our revocations are told: CAEP has one for whatever is cut off, OAuth one for a single token. */
export const transmittedEvents = ['session-revoked', 'token-revoked'] as const satisfies readonly SignalEventName[];

export type TransmittedEvent = (typeof transmittedEvents)[number];

/** One who is told of our revocations by push (RFC 8935; SSF 1.0 section 8.1). */
export interface StreamOptions {
  /** The name in the configuration, and the stream's id. */
  readonly name: string;
  readonly endpoint: string;
  /** The bearer token that the endpoint wants, and by which its owner asks for a verification. */
  readonly token: string | undefined;
  readonly audience: string;
  readonly events: ReadonlySet<TransmittedEvent>;
}

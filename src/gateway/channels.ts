import { type Channel, channel } from '../base/channel.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Rejection } from '../protocol/rejection.ts';

/** How a decision was spent. */
export type Face = 'forward' | 'decide' | 'upgrade';

/** A request that is over, for logs and metrics. Holds no token and no query. */
export interface RequestFinished {
  readonly requestId: string;
  readonly face: Face;
  readonly peer: string;
  readonly method: string;
  /** Canonical where the request could be read; undefined where it could not. */
  readonly host: string | undefined;
  readonly path: string | undefined;
  readonly api: string | undefined;
  /** Undefined where the client went away before an answer began. */
  readonly status: number | undefined;
  /** Whether the answer was cut off. */
  readonly isAborted: boolean;
  readonly durationMs: number;
  /** From sending the request to the first byte of the upstream's answer. */
  readonly upstreamMs: number | undefined;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** With its private facts: for the operator alone. */
  readonly rejection: Rejection | undefined;
  /** Whom the decision was about, where the token was good. */
  readonly caller: Pick<Principal, 'issuer' | 'subject' | 'client' | 'consumer' | 'tokenHash'> | undefined;
}

export const requestFinished: Channel<RequestFinished> = channel('gatehouse:gateway:request');

/** Two sockets that were joined after an upgrade, and are no more. */
export interface TunnelClosed {
  readonly requestId: string;
  readonly api: string;
  readonly durationMs: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly reason: 'ended' | 'idle' | 'refused' | 'shutdown' | 'broken';
}

export const tunnelClosed: Channel<TunnelClosed> = channel('gatehouse:gateway:tunnel');

/** A connection whose bytes were no HTTP request. */
export interface ConnectionRefused {
  readonly requestId: string;
  readonly peer: string;
  readonly rejection: Rejection;
}

export const connectionRefused: Channel<ConnectionRefused> = channel('gatehouse:gateway:connection');

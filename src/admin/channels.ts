import { channel } from '../base/channel.ts';

/** A call of the admin API was answered. */
export interface AdminCall {
  readonly requestId: string;
  readonly method: string;
  /** The route's pattern or the path, without query. */
  readonly path: string;
  readonly status: number;
  /** Who called, where the token was good. */
  readonly actor: string | undefined;
  /** Why it was refused, if it was. */
  readonly code: string | undefined;
  /** Private facts of a refused token. */
  readonly facts: Readonly<Record<string, unknown>> | undefined;
  readonly durationMs: number;
}

export const adminCalls = channel<AdminCall>('gatehouse:admin:call');

/** A call failed for a reason that is a fault of ours or of the store. */
export const adminFailures = channel<{ readonly requestId: string; readonly error: unknown }>(
  'gatehouse:admin:failure',
);

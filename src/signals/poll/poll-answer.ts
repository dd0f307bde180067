import { isJsonObject, type Json } from '../../base/json.ts';

/** What a transmitter answers to a poll (RFC 8936 section 2.5). */
export interface PollAnswer {
  /** SETs by their `jti`, as the transmitter says. */
  readonly sets: readonly (readonly [jti: string, set: string])[];
  readonly moreAvailable: boolean;
}

/** @returns undefined where it is no such answer */
export function readPollAnswer(body: Json): PollAnswer | undefined {
  if (!isJsonObject(body)) return undefined;
  const { sets, moreAvailable = false } = body;
  if (!isJsonObject(sets) || typeof moreAvailable !== 'boolean') return undefined;
  const entries = Object.entries(sets);
  const read = entries.flatMap(([jti, set]) => (typeof set === 'string' ? [[jti, set] as const] : []));
  return read.length === entries.length ? { sets: read, moreAvailable } : undefined;
}

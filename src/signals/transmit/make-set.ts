import { createHash, randomUUID } from 'node:crypto';
import type { EpochMs } from '../../base/clock.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Revocation } from '../../revocation/index.ts';
import { eventType, verificationType } from '../events/event-types.ts';
import { describeRevocation } from './describe-revocation.ts';
import type { StreamOptions } from './stream.ts';

/** Signs in the name of our provider. */
export interface SetSigner {
  readonly issuer: string;
  sign(claims: JsonObject, typ: string): string;
}

/** RFC 8417 section 2.3 */
const typ = 'secevent+jwt';

/**
 * The SET of a revocation for one stream. Its `jti` follows from what it tells, so that a SET which is sent again after a
 * crash is known again.
 *
 * @returns undefined for what this stream is not told
 */
export function makeSet(
  entry: Revocation,
  { name, audience, events }: StreamOptions,
  signer: SetSigner,
  now: EpochMs,
): string | undefined {
  const described = describeRevocation(entry);
  if (described === undefined || !events.has(described.event)) return undefined;
  const { event, subject, at } = described;
  const { seq, issuer, kind, value } = entry;
  const jti = digest([signer.issuer, name, seq, entry.at, issuer, kind, value]);
  const claims = { ...common(signer, audience, now), jti, txn: String(seq), sub_id: subject };
  return signer.sign({ ...claims, events: { [eventType(event)]: { event_timestamp: at } } }, typ);
}

/** SSF 1.0 section 8.1.4.1 */
export function makeVerificationSet(
  { name, audience }: StreamOptions,
  state: string | undefined,
  signer: SetSigner,
  now: EpochMs,
): string {
  const claims = { ...common(signer, audience, now), jti: randomUUID(), sub_id: { format: 'opaque', id: name } };
  return signer.sign({ ...claims, events: { [verificationType]: { ...(state !== undefined && { state }) } } }, typ);
}

function common({ issuer }: SetSigner, aud: string, now: EpochMs) {
  return { iss: issuer, aud, iat: Math.floor(now / 1000) };
}

function digest(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

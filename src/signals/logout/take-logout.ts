import type { EpochMs } from '../../base/clock.ts';
import { isJsonObject, type Json } from '../../base/json.ts';
import { signalTaken } from '../channels.ts';
import type { ReceivingDependencies } from '../dependencies.ts';
import { take } from '../effects.ts';
import { readSigned, type SignedClaims } from '../read-signed.ts';
import type { LogoutRules, Receiver } from '../receiver.ts';
import { digestOf, knownUntil } from '../replay.ts';
import { refuseSignal, type SignalVerdict, understood } from '../signal-refusal.ts';
import { type Located, nowhere } from '../subjects/locate-subject.ts';
import { isText } from '../subjects/subject-identifier.ts';

/** OpenID Connect Back-Channel Logout 1.0 section 2.4 */
const event = 'http://schemas.openid.net/event/backchannel-logout';

/** Issuers make one for each request; what is older was kept by somebody. */
const maxAgeSeconds = 600;

/** The section demands no `typ` and recommends this one; what other tokens have in it, access tokens too, is refused. */
const types = ['logout+jwt', 'jwt', undefined];

/** A logout token from its text to durable revocations: sections 2.6 and 2.7. */
export async function takeLogout(
  text: string,
  receiver: Receiver,
  { clients }: LogoutRules,
  { clock, memory, effects }: ReceivingDependencies,
): Promise<SignalVerdict<string>> {
  const now: EpochMs = clock();
  const expected = { types, audiences: clients, required: ['events'], maxAgeSeconds };
  const signed = await readSigned(text, receiver.trust, expected, now);
  if (!signed.ok) return signed;
  const located = locateLogout(signed.value, receiver);
  if (!located.ok) return located;
  const digest = digestOf(receiver, 'logout', signed.value);
  if (await memory.knows(digest)) return refuseSignal('replayed', { jti: signed.value.jti });

  const { iat: before, jti } = signed.value;
  const reason = 'backchannel-logout';
  const entries = await take(located.value, receiver, { before: Math.floor(before), reason }, effects, now);
  await memory.remember(digest, knownUntil(signed.value, maxAgeSeconds, receiver.trust.leewaySeconds));
  const outcome = entries > 0 ? 'revoked' : 'expired';
  signalTaken.announce({
    receiver: receiver.name,
    path: 'logout',
    event: reason,
    type: event,
    outcome,
    jti,
    entries,
    reason,
  });
  return understood(jti);
}

function locateLogout(
  { events, nonce, sub, sid }: SignedClaims,
  { subjects: { sessionInTokens, formats } }: Receiver,
): SignalVerdict<Located> {
  if (!isJsonObject(events) || !isJsonObject(events[event])) {
    return refuseSignal('claim_invalid', { claim: 'events', expected: `an object with the member ${event}` });
  }
  // Section 2.4: "nonce: PROHIBITED", so that it is no ID token.
  if (nonce !== undefined) return refuseSignal('claim_invalid', { claim: 'nonce', expected: 'none' });
  if (!isTextOrAbsent(sub)) return refuseSignal('claim_invalid', { claim: 'sub', expected: 'a text' });
  if (!isTextOrAbsent(sid)) return refuseSignal('claim_invalid', { claim: 'sid', expected: 'a text' });
  if (sub === undefined && sid === undefined) return refuseSignal('subject_missing');
  const people = sub === undefined ? [] : [sub];
  const sessions = sid === undefined ? [] : [sid];
  // Section 2.7 ends the one session; where access tokens do not say theirs, it is one of all those of the person.
  const isNarrow = sid !== undefined && sessionInTokens;
  const subjects = isNarrow || !formats.has('iss_sub') ? [] : people;
  return understood({ ...nowhere, people, sessions, subjects });
}

function isTextOrAbsent(value: Json | undefined): value is string | undefined {
  return value === undefined || isText(value);
}

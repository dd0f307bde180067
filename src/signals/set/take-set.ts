import type { EpochMs } from '../../base/clock.ts';
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import { type SignalPath, signalTaken } from '../channels.ts';
import type { ReceivingDependencies } from '../dependencies.ts';
import { take } from '../effects.ts';
import { eventReason, printable } from '../events/event-reason.ts';
import { eventTime } from '../events/event-time.ts';
import { type EventMeaning, meaningOf } from '../events/event-types.ts';
import { readSigned, type SignedClaims } from '../read-signed.ts';
import type { Receiver, SetRules } from '../receiver.ts';
import { digestOf, memoryOfSets } from '../replay.ts';
import { refuseSignal, type SignalVerdict, understood } from '../signal-refusal.ts';
import { isNowhere, type Located, locateSubject } from '../subjects/locate-subject.ts';
import { readSubject } from '../subjects/subject-identifier.ts';

/** More event types than any SET has: they are other names of one event (SSF 1.0 section 4.1.9). */
const maxEvents = 16;

/** One event of a SET, and what it leads to. */
interface ReadEvent {
  readonly type: string;
  readonly meaning: EventMeaning;
  readonly reason: string;
  /** Undefined where there is nothing to revoke. */
  readonly located: Located | undefined;
  readonly before: number;
}

/**
 * A Security Event Token from its text to durable revocations (RFC 8417). What is known of it is done even where
 * another event of the same SET is refused; and a SET is acknowledged whether or not its events are known here, since it
 * is good and sending it again would change nothing (RFC 8935 section 2.2).
 *
 * @returns the SET's `jti`; rejects where nothing can be made durable: then it must not be acknowledged
 */
export async function takeSet(
  text: string,
  path: SignalPath,
  receiver: Receiver,
  rules: SetRules,
  { clock, memory, effects }: ReceivingDependencies,
): Promise<SignalVerdict<string>> {
  const now = clock();
  const expected = { types: rules.types, audiences: rules.audiences, required: ['events'], maxAgeSeconds: undefined };
  const signed = await readSigned(text, receiver.trust, expected, now);
  if (!signed.ok) return signed;
  const { jti } = signed.value;
  const events = eventsOf(signed.value);
  if (!events.ok) return events;
  const digest = digestOf(receiver, path, signed.value);
  // RFC 8935 section 2: the recipient "MUST respond as it would if the SET had not been previously received".
  if (await memory.knows(digest)) return repeated(events.value, signed.value, path, receiver);

  let refused: SignalVerdict<never> | undefined;
  for (const [type, payload] of events.value) {
    const event = readEvent(type, payload, signed.value, receiver);
    if (!event.ok) refused ??= event;
    else await takeEvent(event.value, { jti, path, receiver, effects, now });
  }
  if (refused !== undefined) return refused;
  await memory.remember(digest, now + memoryOfSets);
  return understood(jti);
}

function eventsOf({ events }: SignedClaims): SignalVerdict<readonly (readonly [string, JsonObject])[]> {
  const entries = isJsonObject(events) ? Object.entries(events) : [];
  if (entries.length === 0 || entries.length > maxEvents) {
    return refuseSignal('claim_invalid', { claim: 'events', expected: `an object with 1 to ${maxEvents} members` });
  }
  const read: (readonly [string, JsonObject])[] = [];
  for (const [type, payload] of entries) {
    if (!isJsonObject(payload)) return refuseSignal('claim_invalid', { claim: 'events', expected: 'objects within' });
    read.push([type, payload]);
  }
  return understood(read);
}

function readEvent(type: string, payload: JsonObject, set: SignedClaims, receiver: Receiver): SignalVerdict<ReadEvent> {
  const meaning = meaningOf(type, payload, receiver.events);
  const name = meaning.kind === 'unknown' ? 'unknown' : meaning.name;
  const common = { type, meaning, reason: eventReason(name, payload) };
  if (meaning.kind !== 'revoke') return understood({ ...common, located: undefined, before: set.iat });
  const before = eventTime(payload, set['toe'], set.iat);
  if (!before.ok) return before;
  const located = locateEvent(payload, set, meaning.name === 'session-revoked', receiver);
  return located.ok ? understood({ ...common, located: located.value, before: before.value }) : located;
}

/**
 * SSF 1.0 section 3.1 has the subject in `sub_id`; before, it stood in the event. Where no token can be found by it, the
 * person whose token it was stands in (`token_subject` of OAuth Event Types 1.0).
 */
function locateEvent(
  { subject, token_subject }: JsonObject,
  { sub_id }: SignedClaims,
  ofSession: boolean,
  receiver: Receiver,
): SignalVerdict<Located> {
  const located = locateNamed(sub_id ?? subject, ofSession, receiver);
  const isFound = located.ok && !isNowhere(located.value);
  return isFound || token_subject === undefined ? located : locateNamed(token_subject, false, receiver);
}

function locateNamed(named: Json | undefined, ofSession: boolean, receiver: Receiver): SignalVerdict<Located> {
  if (named === undefined) return refuseSignal('subject_missing');
  const subject = readSubject(named);
  return subject.ok ? locateSubject(subject.value, ofSession, receiver) : subject;
}

interface Taking extends Pick<ReceivingDependencies, 'effects'> {
  readonly jti: string;
  readonly path: SignalPath;
  readonly receiver: Receiver;
  readonly now: EpochMs;
}

async function takeEvent(event: ReadEvent, { jti, path, receiver, effects, now }: Taking): Promise<void> {
  const { type, meaning, located, reason, before } = event;
  const entries = located === undefined ? 0 : await take(located, receiver, { before, reason }, effects, now);
  const outcome = outcomeOf(meaning, located, entries);
  announce({ type, meaning, reason }, { jti, path, receiver: receiver.name, outcome, entries });
}

function outcomeOf({ kind }: EventMeaning, located: Located | undefined, entries: number) {
  if (kind === 'unknown') return 'unknown';
  if (located === undefined) return 'noted';
  if (entries > 0) return 'revoked';
  return isNowhere(located) ? 'noted' : 'expired';
}

function repeated(
  events: readonly (readonly [string, JsonObject])[],
  { jti }: SignedClaims,
  path: SignalPath,
  receiver: Receiver,
): SignalVerdict<string> {
  for (const [type, payload] of events) {
    const meaning = meaningOf(type, payload, receiver.events);
    announce({ type, meaning, reason: '' }, { jti, path, receiver: receiver.name, outcome: 'repeated', entries: 0 });
  }
  return understood(jti);
}

type Announced = Parameters<typeof signalTaken.announce>[0];

function announce(
  { type, meaning, reason }: Pick<ReadEvent, 'type' | 'meaning' | 'reason'>,
  rest: Pick<Announced, 'jti' | 'path' | 'receiver' | 'outcome' | 'entries'>,
): void {
  const event = meaning.kind === 'unknown' ? 'unknown' : meaning.name;
  signalTaken.announce({ ...rest, event, type: printable(type), reason });
}

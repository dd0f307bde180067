import { isJsonObject, type Json } from '../../base/json.ts';
import { cutOffByNow } from '../../revocation/index.ts';
import { signalTaken } from '../channels.ts';
import type { ReceivingDependencies } from '../dependencies.ts';
import { take } from '../effects.ts';
import { readSigned, type SignedClaims } from '../read-signed.ts';
import type { GlobalRevocationRules, Receiver } from '../receiver.ts';
import { digestOf, knownUntil } from '../replay.ts';
import { refuseSignal, type SignalVerdict, understood } from '../signal-refusal.ts';
import { locateSubject } from '../subjects/locate-subject.ts';
import { readSubject } from '../subjects/subject-identifier.ts';

/** Five minutes are recommended (section 3.5), and as much for clocks: Okta begins with `nbf` five minutes back. */
const maxAgeSeconds = 600;

/** Okta's type (Build Universal Logout for your app); the draft itself names none, so that no other is taken. */
const types = ['global-token-revocation+jwt'];

const reason = 'global-token-revocation';

/** draft-parecki-oauth-global-token-revocation-06 section 3: who asks by a signed JWT, and whose tokens shall die. */
export async function takeRevocationRequest(
  bearer: string,
  body: Json,
  receiver: Receiver,
  { audiences, callers }: GlobalRevocationRules,
  { clock, memory, effects }: ReceivingDependencies,
): Promise<SignalVerdict<string>> {
  const now = clock();
  const expected = { types, audiences, required: ['sub', 'exp'], maxAgeSeconds };
  const signed = await readSigned(bearer, receiver.trust, expected, now);
  if (!signed.ok) return signed;
  const stranger = checkCaller(signed.value, callers);
  if (stranger !== undefined) return stranger;
  const digest = digestOf(receiver, 'global-revocation', signed.value);
  // Section 3.5: "that the jti has not been previously used"
  if (await memory.knows(digest)) return refuseSignal('replayed', { jti: signed.value.jti });
  const named = subjectOf(body);
  const subject = named.ok ? readSubject(named.value) : named;
  if (!subject.ok) return subject;
  const located = locateSubject(subject.value, false, receiver);
  if (!located.ok) return located;

  // It is about all that there is, and says of no event when it was.
  const before = cutOffByNow(now, receiver.issuer.expectation.leewaySeconds);
  const entries = await take(located.value, receiver, { before, reason }, effects, now);
  await memory.remember(digest, knownUntil(signed.value, maxAgeSeconds, receiver.trust.leewaySeconds));
  const { jti } = signed.value;
  const taken = { receiver: receiver.name, path: 'global-revocation', event: reason, type: reason, jti } as const;
  signalTaken.announce({ ...taken, outcome: entries > 0 ? 'revoked' : 'noted', entries, reason });
  return understood(jti);
}

function checkCaller({ sub }: SignedClaims, callers: readonly string[] | undefined) {
  if (callers === undefined || (typeof sub === 'string' && callers.includes(sub))) return undefined;
  return refuseSignal('claim_invalid', { claim: 'sub', expected: callers, actual: sub ?? null });
}

/** `sub_id`, or as Okta's first documentation has it, `subject`. */
function subjectOf(body: Json): SignalVerdict<Json> {
  const { sub_id, subject, ...others } = isJsonObject(body) ? body : {};
  const named = sub_id ?? subject;
  const isOne = named !== undefined && (sub_id === undefined || subject === undefined);
  if (isOne && Object.keys(others).length === 0) return understood(named);
  return refuseSignal('request_malformed', { expected: 'a JSON object with the one member `sub_id`' });
}

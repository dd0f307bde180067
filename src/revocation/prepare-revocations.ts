import type { EpochMs } from '../base/clock.ts';
import { forGood } from './retention.ts';
import { type NewRevocation, type Revocation, revocationKinds } from './revocation.ts';
import { type RevocationFault, RevocationInvalid } from './revocation-invalid.ts';

/** An entry that is sound and complete but for the sequence number, which the log gives. */
export type PreparedRevocation = Omit<Revocation, 'seq'>;

/** Characters; longer values do not come from tokens that pass. */
const longestValue = 4096;
const longestNote = 1024;

/** How far ahead a cut-off may lie, in seconds: one day. */
export const furthestCutOff = 24 * 60 * 60;

/** How far ahead an entry may begin to kill, in milliseconds: ten years. */
const furthestStart = 3650 * 24 * 60 * 60 * 1000;

const sha256 = /^[0-9a-f]{64}$/;

type Finding = { readonly reason: string; readonly remedy: string } | undefined;
type Examination = (entry: NewRevocation, at: EpochMs) => Finding;

/** By member, what may be wrong with it. An entry may come from JSON, so that types are examined too. */
const examinations: Readonly<Partial<Record<keyof NewRevocation, Examination>>> = {
  issuer: ({ issuer }) => text(issuer, longestValue, 'the identifier of the issuer whose tokens shall die'),
  kind: ({ kind }) =>
    finding(
      typeof kind === 'string' && Object.hasOwn(revocationKinds, kind),
      'is no kind of revocation.',
      `Use one of ${Object.keys(revocationKinds).join(', ')}.`,
    ),
  value: (entry) => text(entry.value, longestValue, 'what the tokens to kill have in common') ?? fitOfValue(entry),
  client: ({ client, kind }) =>
    client === undefined
      ? undefined
      : (text(client, longestValue, 'the client identifier') ??
        finding(kind === 'subject', 'narrows only a subject.', 'Leave it out, or revoke the kind `subject`.')),
  before: ({ before, kind }, at) => (before === undefined ? undefined : cutOff(before, kind, at)),
  from: ({ from, kind }, at) => (from === undefined ? undefined : start(from, kind, at)),
  expiresAt: ({ expiresAt }, at) => expiry(expiresAt, at),
  reason: ({ reason }) => (reason === undefined ? undefined : text(reason, longestNote, 'why, or nothing')),
  actor: ({ actor }) => text(actor, longestNote, 'who revokes'),
};

/**
 * Makes entries ready to be appended at `at`: examined as a whole, with the cut-off written out.
 *
 * @throws RevocationInvalid naming everything that is wrong with them
 */
export function prepareRevocations(entries: readonly NewRevocation[], at: EpochMs): readonly PreparedRevocation[] {
  const faults = entries.flatMap((entry, index) => faultsOf(entry, index, at));
  if (faults.length > 0) throw new RevocationInvalid(faults);
  return entries.map((entry) => prepare(entry, at));
}

function faultsOf(entry: NewRevocation, index: number, at: EpochMs): readonly RevocationFault[] {
  return Object.entries(examinations).flatMap(([member, examine]) => {
    const found = examine(entry, at);
    return found === undefined ? [] : [{ path: [index, member] as const, ...found }];
  });
}

function prepare(entry: NewRevocation, at: EpochMs): PreparedRevocation {
  const { issuer, kind, value, client, before, from, expiresAt, reason, actor } = entry;
  const cutOff = revocationKinds[kind].takesCutOff ? Math.floor(before ?? at / 1000) : undefined;
  return { issuer, kind, value, client, before: cutOff, from, expiresAt, reason, actor, at };
}

function finding(sound: boolean, reason: string, remedy: string): Finding {
  return sound ? undefined : { reason, remedy };
}

/** Lone surrogates would be changed on their way through the store, and then hit another value. */
function text(value: unknown, longest: number, what: string): Finding {
  const sound = typeof value === 'string' && value !== '' && value.length <= longest && value.isWellFormed();
  return finding(sound, 'is no usable text.', `Give ${what}: 1 to ${longest} characters of well-formed Unicode.`);
}

function fitOfValue({ kind, value, issuer }: NewRevocation): Finding {
  if (kind === 'token') {
    return finding(sha256.test(value), 'is no token hash.', 'Give the SHA-256 of the token in lower-case hex.');
  }
  if (kind === 'issuer') {
    return finding(value === issuer, 'is another issuer.', "Repeat the issuer's identifier: all its tokens die.");
  }
  return undefined;
}

function cutOff(before: unknown, kind: NewRevocation['kind'], at: EpochMs): Finding {
  if (Object.hasOwn(revocationKinds, kind) && !revocationKinds[kind].takesCutOff) {
    return { reason: `is not for the kind ${kind}.`, remedy: 'Leave it out: the token dies whenever it was issued.' };
  }
  const sound = typeof before === 'number' && before >= 0 && before <= at / 1000 + furthestCutOff;
  return finding(sound, 'is no sensible cut-off.', 'Give seconds (not milliseconds) since 1970, at most a day ahead.');
}

function start(from: unknown, kind: NewRevocation['kind'], at: EpochMs): Finding {
  if (Object.hasOwn(revocationKinds, kind) && revocationKinds[kind].takesCutOff) {
    return { reason: `is not for the kind ${kind}.`, remedy: 'Leave it out, or revoke each token by its hash.' };
  }
  const sound = typeof from === 'number' && Number.isSafeInteger(from) && from > 0 && from <= at + furthestStart;
  return finding(sound, 'is no sensible time.', 'Give whole milliseconds since 1970, at most ten years ahead.');
}

function expiry(expiresAt: unknown, at: EpochMs): Finding {
  if (typeof expiresAt !== 'number' || !Number.isSafeInteger(expiresAt)) {
    return { reason: 'is no time.', remedy: 'Give whole milliseconds since 1970.' };
  }
  return (
    finding(expiresAt > at, 'lies in the past.', 'Give milliseconds, not seconds; expired tokens need no entry.') ??
    finding(expiresAt <= forGood, 'lies too far ahead.', 'Give the end of the year 9999 at most: that is for good.')
  );
}

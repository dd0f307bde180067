import type { EpochMs, NumericDate } from '../base/clock.ts';
import type { Issuer } from '../issuers/index.ts';
import { type NewRevocation, retainForCutOff } from '../revocation/index.ts';
import type { EndedSignIns, SignalEffects } from './ports.ts';
import type { Receiver } from './receiver.ts';
import type { Located } from './subjects/locate-subject.ts';

/** Why, since when, and by whom. */
export interface Cause {
  readonly before: NumericDate;
  readonly reason: string;
  readonly actor: string;
}

/** Entries of the revocation log; none where all that they could hit has expired by `now`. */
function revocationsFor(located: Located, issuer: Issuer, cause: Cause, now: EpochMs): readonly NewRevocation[] {
  const { before, reason, actor } = cause;
  const expiresAt = retainForCutOff(before, issuer.expectation.maxLifetimeSeconds);
  if (expiresAt <= now) return [];
  const common = { issuer: issuer.identifier, reason, actor, expiresAt };
  const { subjects, clients } = located;
  const narrowed = clients.length === 0 ? [undefined] : clients;
  return [
    ...subjects.flatMap((value) =>
      narrowed.map((client) => ({ ...common, kind: 'subject' as const, value, client, before })),
    ),
    ...(subjects.length > 0 ? [] : clients.map((value) => ({ ...common, kind: 'client' as const, value, before }))),
    ...located.sessions.map((value) => ({ ...common, kind: 'session' as const, value, before })),
    ...located.tokenIds.map((value) => ({ ...common, kind: 'jti' as const, value })),
    ...located.tokenHashes.map((value) => ({ ...common, kind: 'token' as const, value })),
  ];
}

/** Narrowed to an application of the issuer's, an event says nothing of sign-ins here. */
function endedSignIns({ people, sessions, clients }: Located, issuer: Issuer, cause: Cause): EndedSignIns[] {
  if (clients.length > 0) return [];
  const common = { issuer: issuer.identifier, ...cause };
  const pairs = sessions.length === 0 ? [undefined] : sessions;
  const whose = people.length === 0 ? [undefined] : people;
  return pairs
    .flatMap((session) => whose.map((subject) => ({ ...common, subject, session })))
    .filter(({ subject, session }) => subject !== undefined || session !== undefined);
}

/**
 * Does what a signal asks for; resolves when it is durable, and only then may the signal be acknowledged: a crash
 * before leaves it with its sender, who sends it again.
 *
 * @returns how many entries were revoked by
 */
export async function take(
  located: Located,
  { issuer, name }: Pick<Receiver, 'issuer' | 'name'>,
  { before, reason }: Omit<Cause, 'actor'>,
  effects: SignalEffects,
  now: EpochMs,
): Promise<number> {
  const cause = { before, reason, actor: `signals:${name}` };
  const entries = revocationsFor(located, issuer, cause, now);
  if (entries.length > 0) await effects.revoke(entries);
  for (const ended of endedSignIns(located, issuer, cause)) await effects.endSignIns(ended);
  return entries.length;
}

import type { NumericDate } from '../../base/clock.ts';
import { type NewRevocation, retainForCutOff } from '../../revocation/index.ts';
import { signInsEnded } from '../channels.ts';
import type { SessionOrigin } from '../ports/session-origin-store.ts';
import type { Services } from '../services.ts';

/** What a federated issuer says of sign-ins of its own: they have ended. */
export interface EndedSignIns {
  readonly issuer: string;
  /** `sub` and `sid` of its ID tokens, as far as it gives them; one at least. */
  readonly subject: string | undefined;
  readonly session: string | undefined;
  /** By the issuer's clock. Sign-ins of the person that were begun later go on. */
  readonly before: NumericDate;
  readonly actor: string;
  readonly reason: string;
}

/** Seconds by which the issuer's clock and ours may differ. */
const clockTolerance = 5;

/**
 * Ends the sign-ins here that came from those, with all tokens that hang on them, those for offline access too: who
 * ends a sign-in from outside means it. Resolves when that is durable and applied in this process.
 *
 * @returns how many sign-ins
 */
export async function endSignIns(services: Services, ended: EndedSignIns): Promise<number> {
  const { issuer, revocations } = services;
  const sessions = await sessionsOf(ended, services);
  const now = Math.floor(services.clock() / 1000);
  const entries: NewRevocation[] = sessions.map((value) => ({
    ...cutOff(now, ended, services),
    issuer,
    kind: 'session',
    value,
  }));
  const person = ended.session === undefined ? await personOf(ended, services) : undefined;
  if (person !== undefined) {
    const before = Math.min(now, Math.floor(ended.before) + clockTolerance);
    entries.push({ ...cutOff(before, ended, services), issuer, kind: 'subject', value: person });
  }
  if (entries.length > 0) await revocations.revoke(entries);
  const { actor, reason } = ended;
  signInsEnded.announce({ issuer: ended.issuer, sessions, subject: person, actor, reason });
  return sessions.length;
}

/** One that was begun there without a `sid` may be the one that has ended. */
async function sessionsOf(ended: EndedSignIns, { sessionOrigins }: Services): Promise<readonly string[]> {
  const { issuer, subject, session, before } = ended;
  const ofPerson = subject === undefined ? [] : await sessionOrigins.bySubject(issuer, subject);
  const inTime = ofPerson.filter(({ at }) => at <= before + clockTolerance);
  if (session === undefined) return inTime.map(idOf);
  const nameless = inTime.filter(({ issuerSession }) => issuerSession === undefined);
  return [...(await sessionOrigins.bySession(issuer, session)), ...nameless].map(idOf);
}

function idOf({ session }: SessionOrigin): string {
  return session;
}

/** What we call the person; tokens that were exchanged belong to no sign-in, but to somebody. */
async function personOf({ issuer, subject }: EndedSignIns, { accountLinks }: Services): Promise<string | undefined> {
  if (subject === undefined) return undefined;
  return (await accountLinks.findByIssuer(issuer, subject))?.subject;
}

function cutOff(before: NumericDate, { actor, reason }: EndedSignIns, { longestLifetime }: Services) {
  return { before, actor, reason, expiresAt: retainForCutOff(before, longestLifetime) };
}

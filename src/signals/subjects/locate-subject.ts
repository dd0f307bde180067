import { tokenHashes } from '../../tokens/index.ts';
import type { Receiver, SubjectFormat } from '../receiver.ts';
import { refuseSignal, type SignalVerdict, understood } from '../signal-refusal.ts';
import type { SubjectIdentifier } from './subject-identifier.ts';

/** By what the tokens that an event is about are found in the revocation log, and sign-ins at our provider. */
export interface Located {
  /** Several, where an address may be written in two ways, or the event gives aliases. */
  readonly subjects: readonly string[];
  readonly sessions: readonly string[];
  readonly clients: readonly string[];
  readonly tokenIds: readonly string[];
  /** SHA-256, lower-case hex. */
  readonly tokenHashes: readonly string[];
  /** `sub` as ID tokens have it, whatever claim of access tokens stands for it. */
  readonly people: readonly string[];
}

export const nowhere: Located = Object.freeze({
  subjects: [],
  sessions: [],
  clients: [],
  tokenIds: [],
  tokenHashes: [],
  people: [],
});

export function isNowhere(located: Located): boolean {
  return Object.values(located).every((names) => names.length === 0);
}

type Context = Pick<Receiver, 'issuer' | 'subjects' | 'trust'>;
type Simple = Exclude<SubjectIdentifier, { format: 'complex' | 'aliases' }>;

/**
 * Finds whose tokens an event is about; refuses what leads to none, so that nobody believes that it did.
 *
 * @param ofSession the event is about a session, which a plain opaque identifier then names (CAEP 1.0 section 3.1)
 */
export function locateSubject(
  subject: SubjectIdentifier,
  ofSession: boolean,
  context: Context,
): SignalVerdict<Located> {
  if (subject.format === 'complex') return locateComplex(subject.members, context);
  if (!ofSession || subject.format !== 'opaque') return locate(subject, context);
  const { id } = subject;
  const isSubject = context.subjects.formats.has('opaque');
  return understood({ ...nowhere, sessions: [id], subjects: isSubject ? [id] : [], people: isSubject ? [id] : [] });
}

/**
 * All members describe one principal (SSF 1.0 section 3.3.1). The session alone is enough where tokens name theirs;
 * else the person, and more may die than was meant, never less. Device, tenant and the like only narrow.
 */
function locateComplex(members: Readonly<Record<string, SubjectIdentifier>>, context: Context): SignalVerdict<Located> {
  const { user, session, application } = members;
  const sessions = session === undefined ? [] : namesOf(session);
  if (sessions.length > 0 && (context.subjects.sessionInTokens || user === undefined)) {
    return understood({ ...nowhere, sessions });
  }
  const clients = application === undefined ? [] : namesOf(application);
  if (user === undefined) {
    if (clients.length > 0) return understood({ ...nowhere, clients });
    return refuseSignal('subject_unknown_format', { format: 'complex', members: Object.keys(members) });
  }
  const located = locate(user, context);
  return located.ok ? understood({ ...located.value, sessions, clients }) : located;
}

/** What names a session or an application: it needs no issuer, for its SET has one. */
function namesOf(identifier: SubjectIdentifier): readonly string[] {
  if (identifier.format === 'opaque') return [identifier.id];
  return identifier.format === 'iss_sub' ? [identifier.sub] : [];
}

function locate(identifier: SubjectIdentifier, context: Context): SignalVerdict<Located> {
  if (identifier.format === 'aliases') return locateAliases(identifier.identifiers, context);
  if (identifier.format === 'complex') return refuseSignal('subject_malformed', { format: 'complex' });
  return locateSimple(identifier, context);
}

/** One principal under several names: each that is understood counts. */
function locateAliases(identifiers: readonly SubjectIdentifier[], context: Context): SignalVerdict<Located> {
  const verdicts = identifiers.map((identifier) => locate(identifier, context));
  const found = verdicts.flatMap((verdict) => (verdict.ok ? [verdict.value] : []));
  const [refused] = verdicts;
  if (found.length === 0 && refused !== undefined) return refused;
  return understood({
    subjects: found.flatMap(({ subjects }) => subjects),
    sessions: found.flatMap(({ sessions }) => sessions),
    clients: [],
    tokenIds: found.flatMap(({ tokenIds }) => tokenIds),
    tokenHashes: found.flatMap(({ tokenHashes }) => tokenHashes),
    people: found.flatMap(({ people }) => people),
  });
}

function locateSimple(identifier: Simple, context: Context): SignalVerdict<Located> {
  switch (identifier.format) {
    case 'iss_sub': {
      const alien = checkIssuer(identifier.iss, context);
      return alien ?? asSubject(identifier.format, [identifier.sub], context, [identifier.sub]);
    }
    case 'opaque':
      return asSubject(identifier.format, [identifier.id], context, [identifier.id]);
    case 'email':
      return asSubject(identifier.format, spellingsOf(identifier.email), context, []);
    case 'jwt_id': {
      const alien = checkIssuer(identifier.iss, context);
      return alien ?? understood({ ...nowhere, tokenIds: [identifier.jti] });
    }
    case 'oauth_token':
      return locateToken(identifier);
    case 'other':
      return refuseSignal('subject_unknown_format', { format: identifier.name });
  }
}

function asSubject(
  format: SubjectFormat,
  subjects: readonly string[],
  { subjects: rules }: Context,
  people: readonly string[],
): SignalVerdict<Located> {
  if (!rules.formats.has(format)) {
    return refuseSignal('subject_unknown_format', { format, understood: [...rules.formats] });
  }
  return understood({ ...nowhere, subjects, people });
}

/** RFC 9493 section 3.2.2 leaves it open how an address is written; issuers tend to lower case. */
function spellingsOf(email: string): readonly string[] {
  return [...new Set([email, email.toLowerCase()])];
}

/** The same `sub` of another issuer is somebody else. */
function checkIssuer(iss: string, { issuer, trust }: Context) {
  const known = new Set([issuer.identifier, ...issuer.expectation.issuers, ...trust.issuers]);
  return known.has(iss) ? undefined : refuseSignal('subject_of_another_issuer', { iss, known: [...known] });
}

/** OAuth Event Types 1.0 (draft) section 2.1. Refresh tokens of others are never seen here. */
function locateToken({ type, algorithm, token }: Extract<Simple, { format: 'oauth_token' }>): SignalVerdict<Located> {
  if (type !== 'access_token') return understood(nowhere);
  if (algorithm === 'plain') return understood({ ...nowhere, tokenHashes: tokenHashes(token) });
  if (algorithm === 'hash_SHA256' && /^[0-9a-f]{64}$/.test(token)) {
    return understood({ ...nowhere, tokenHashes: [token] });
  }
  return refuseSignal('subject_unknown_format', {
    format: 'oauth_token',
    token_identifier_alg: algorithm.slice(0, 64),
  });
}

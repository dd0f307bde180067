import type { EpochMs } from '../../base/clock.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Principal } from '../../protocol/principal.ts';
import { rejection } from '../../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../../protocol/verdict.ts';
import { oidcClaims } from '../engine/oidc-claims.ts';
import type { Services } from '../services.ts';

/** Whom a token of ours is to be about. */
export interface SubjectOfOurs {
  readonly subject: string;
  /** By our names. */
  readonly claims: JsonObject;
}

/**
 * Somebody whom another issuer knows gets a subject of ours, once and for ever. What this token says of them counts for
 * what comes of it, before what they brought along when they last signed in; it is not kept, since the next token may be
 * another client's and say less.
 */
export async function subjectOfOurs(
  services: Services,
  principal: Principal,
  now: EpochMs,
): Promise<Verdict<SubjectOfOurs>> {
  const { subject } = principal;
  if (subject === undefined) return refuse(rejection('claim_missing', { claim: 'sub' }));
  if (principal.issuer === services.issuer) return knownHere(services, subject, principal.client);
  const facts = { at: now, signedIn: false, claims: undefined };
  const linked = await services.accountLinks.link(principal.issuer, subject, facts);
  return accept({ subject: linked.subject, claims: { ...linked.claims, ...standardClaims(principal.claims) } });
}

/** An account, somebody who came from another issuer, or the client itself. Who is none of them any more has no tokens. */
async function knownHere(
  { accounts, accountLinks, clients }: Services,
  subject: string,
  client: string | undefined,
): Promise<Verdict<SubjectOfOurs>> {
  const person = (await accounts.find(subject)) ?? (await accountLinks.find(subject));
  if (person !== undefined) return accept({ subject, claims: person.claims });
  const isClient = subject === client && (await clients.find(subject)) !== undefined;
  return isClient ? accept({ subject, claims: {} }) : refuse(rejection('token_inactive', { subject, known: false }));
}

/** OpenID Connect Core section 5.4: the claims that mean the same with every issuer. */
function standardClaims(claims: JsonObject): JsonObject {
  const names = Object.values(oidcClaims).flat();
  const said = names.filter((name) => name !== 'sub' && Object.hasOwn(claims, name));
  return Object.fromEntries(said.map((name) => [name, claims[name]]));
}

import type { EpochMs } from '../../base/clock.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Principal } from '../../protocol/principal.ts';
import { rejection } from '../../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../../protocol/verdict.ts';
import { oidcClaims } from '../engine/oidc-claims.ts';
import { type ClaimPlaces, mapClaims } from '../federation/map-claims.ts';
import type { Services } from '../services.ts';

/** Whom a token of ours is to be about. */
export interface SubjectOfOurs {
  readonly subject: string;
  /** By our names. */
  readonly claims: JsonObject;
}

/**
 * Somebody whom another issuer knows gets a subject of ours, once and for ever, and the same by which they sign in. What
 * this token says of them counts for what comes of it, before what they brought along when they last signed in; it is
 * not kept, since the next token may be another client's and say less.
 */
export async function subjectOfOurs(
  services: Services,
  principal: Principal,
  now: EpochMs,
): Promise<Verdict<SubjectOfOurs>> {
  const { subject, issuer, claims } = principal;
  if (subject === undefined) return refuse(rejection('claim_missing', { claim: 'sub' }));
  if (issuer === services.issuer) return knownHere(services, subject, principal.client);
  const linked = await services.accountLinks.link(issuer, subject, { at: now, signedIn: false, claims: undefined });
  const said = mapClaims(claims, placesAt(services, issuer));
  return accept({ subject: linked.subject, claims: { ...linked.claims, ...said } });
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
const standardPlaces: Readonly<Record<string, ClaimPlaces>> = Object.fromEntries(
  Object.values(oidcClaims)
    .flat()
    .filter((name) => name !== 'sub')
    .map((name) => [name, [[name]]]),
);

/** Where the issuer has the claims about a person, as for those who sign in there. */
function placesAt({ federation }: Services, issuer: string): Readonly<Record<string, ClaimPlaces>> {
  return federation.issuers.find(({ identifier }) => identifier === issuer)?.claims ?? standardPlaces;
}

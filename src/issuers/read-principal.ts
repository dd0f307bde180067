import { ancestorsClaim, readAncestors } from '../protocol/ancestors.ts';
import type { Claims, JsonObject } from '../protocol/claims.ts';
import type { Principal } from '../protocol/principal.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { ClaimPlaces } from './claim-places.ts';
import { isObject } from './json-shape.ts';
import { readAllStrings, readFirstStrings, readScopes, readString } from './read-claims.ts';
import { readGroups } from './read-groups.ts';

/** How the tokens of one issuer are read: data only. */
export interface PrincipalRules {
  readonly name: string;
  readonly identifier: string;
  readonly places: ClaimPlaces;
  /** What a token may not lack. */
  readonly demands: readonly ('subject' | 'client')[];
  /** Only tokens of these clients; undefined: of any. */
  readonly clients: ReadonlySet<string> | undefined;
  /** A token without audience is for its client; only together with `clients`. */
  readonly audienceFromClient: boolean;
}

/** Who a verified token speaks for. A claim of the wrong type refuses the token: it never counts as absent. */
export function readPrincipal(token: VerifiedToken, rules: PrincipalRules): Verdict<Principal> {
  const { claims } = token;
  const { places, name, identifier } = rules;
  const subject = readString(claims, places.subject);
  if (!subject.ok) return subject;
  const client = readString(claims, places.client);
  if (!client.ok) return client;
  const audiences = readFirstStrings(claims, places.audience);
  if (!audiences.ok) return audiences;
  const rights = readRights(claims, places);
  if (!rights.ok) return rights;

  const ancestors = readAncestors(claims);
  if (ancestors === undefined) return refuse(invalid(ancestorsClaim, 'what a token of a Gatehouse came of'));

  const who = { subject: subject.value, client: client.value };
  const lacking = checkDemands(who, rules, claims) ?? checkClient(who.client, rules);
  if (lacking !== undefined) return refuse(lacking);
  const audience = audiences.value ?? standIn(who.client, rules);
  if (audience === undefined) return refuse(missing('aud', places.audience, claims));
  return accept({
    kind: token.kind,
    issuer: identifier,
    issuerName: name,
    ...who,
    consumer: undefined,
    audiences: audience,
    ...rights.value,
    claims,
    expiresAt: token.expiresAt,
    keyId: token.keyId,
    tokenHash: token.hash,
    nestedTokenHash: undefined,
    ancestors,
  });
}

type Rights = Pick<Principal, 'scopes' | 'roles' | 'groups' | 'session' | 'tokenId' | 'issuedAt' | 'confirmation'>;

function readRights(claims: Claims, places: ClaimPlaces): Verdict<Rights> {
  const scopes = readScopes(claims, places.scopes);
  if (!scopes.ok) return scopes;
  const roles = readAllStrings(claims, places.roles);
  if (!roles.ok) return roles;
  const groups = readGroups(claims, places.groups);
  if (!groups.ok) return groups;
  const session = readString(claims, places.session);
  if (!session.ok) return session;
  const tokenId = readString(claims, places.tokenId);
  if (!tokenId.ok) return tokenId;
  const binding = readBinding(claims);
  if (!binding.ok) return binding;
  return accept({
    scopes: scopes.value,
    roles: roles.value,
    groups: groups.value,
    session: session.value,
    tokenId: tokenId.value,
    ...binding.value,
  });
}

/** RFC 7519 section 4.1.6 and RFC 7800 section 3.1; these two have one place with every issuer. */
function readBinding({ iat, cnf }: Claims): Verdict<Pick<Principal, 'issuedAt' | 'confirmation'>> {
  if (iat !== undefined && typeof iat !== 'number') return refuse(invalid('iat', 'a number of seconds since 1970'));
  if (cnf !== undefined && !isObject(cnf)) return refuse(invalid('cnf', 'an object'));
  return accept({ issuedAt: iat, confirmation: cnf satisfies JsonObject | undefined });
}

function checkDemands(
  who: Pick<Principal, 'subject' | 'client'>,
  { demands, places }: PrincipalRules,
  claims: Claims,
): Rejection | undefined {
  const lacking = demands.find((demand) => who[demand] === undefined);
  return lacking === undefined ? undefined : missing(lacking, places[lacking], claims);
}

function checkClient(client: string | undefined, { clients }: PrincipalRules): Rejection | undefined {
  if (clients === undefined || (client !== undefined && clients.has(client))) return undefined;
  return rejection('client_not_accepted', { client: client ?? null, accepted: [...clients] });
}

/** Without an allow-list of clients, every client of the issuer would pass: a missing audience is never good by itself. */
function mayStandIn({ audienceFromClient, clients }: PrincipalRules): boolean {
  return audienceFromClient && clients !== undefined;
}

/** Of a token that was read: whether it names no audience, so that its client counts as one. */
export function clientStandsIn(claims: Claims, rules: PrincipalRules): boolean {
  if (!mayStandIn(rules)) return false;
  const audiences = readFirstStrings(claims, rules.places.audience);
  return audiences.ok && audiences.value === undefined;
}

function standIn(client: string | undefined, rules: PrincipalRules): readonly string[] | undefined {
  return mayStandIn(rules) && client !== undefined ? [client] : undefined;
}

function invalid(claim: string, expected: string): Rejection {
  return rejection('claim_invalid', { claim, expected });
}

function missing(what: string, places: ClaimPlaces[keyof ClaimPlaces], claims: Claims): Rejection {
  return rejection('claim_missing', { claim: what, places, present: Object.keys(claims) });
}

import type { EpochMs } from '../base/clock.ts';
import type { Issuer } from '../issuers/index.ts';
import type { Claims } from '../protocol/claims.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { RevocationMatch } from '../revocation/index.ts';
import { readStatusReference, type StatusReference } from '../status/index.ts';
import type { Consumer, Consumers } from './consumers.ts';
import { type Granted, grantedTo } from './decision.ts';
import type { ProtectedApi } from './protected-api.ts';

/**
 * A token that steps 1 to 3 of the journey let pass, with all that this verdict rests on: who vouched for it and how,
 * who is known by name, and for how long. While all of that still stands, the cached verdict equals the cold one.
 */
export interface Authenticated {
  readonly principal: Principal;
  readonly issuer: Issuer;
  readonly consumer: Consumer | undefined;
  /** The directory that says so: another one may say something else. */
  readonly consumers: Consumers;
  readonly since: EpochMs;
  /** With leeway: from here on the cold path would refuse, or ask again. */
  readonly until: EpochMs;
  readonly vouchesFor: Vouching;
  /** The answer for a request that passes all the rest, made once so that a warm decision allocates nothing. */
  readonly granted: Granted;
  /** Where its issuer says whether it is still good, if the token names such a place. */
  readonly status: Verdict<StatusReference | undefined>;
  /** The last answer of the revocation index, good for as long as the index has this version. */
  revocation: { version: number; match: RevocationMatch | undefined };
}

/** What steps 2 and 3 come to: at once, unless somebody has to be asked. */
export type Outcome = Verdict<Authenticated> | Promise<Verdict<Authenticated>>;

/** Whether the cold path would now take this token to the same issuer and the same keys or answers, for that API. */
export type Vouching = (api: ProtectedApi) => boolean;

export interface Evidence {
  readonly token: VerifiedToken;
  readonly issuer: Issuer;
  readonly consumers: Consumers;
  readonly now: EpochMs;
  readonly vouchesFor: Vouching;
  /** What the token itself says, a JWT; of an opaque one, its issuer has just said that it is active. */
  readonly content: Claims | undefined;
}

const nothing: Claims = Object.freeze({});

export function authenticated(identified: Principal, evidence: Evidence): Authenticated {
  const { token, issuer, consumers, now, vouchesFor, content } = evidence;
  const consumer = consumers.of(issuer.name, identified.client);
  const principal = consumer === undefined ? identified : { ...identified, consumer: consumer.name };
  const expiry = token.expiresAt + issuer.expectation.leewaySeconds * 1000;
  return {
    principal,
    issuer,
    consumer,
    consumers,
    since: now,
    until: Math.min(expiry, token.freshUntil ?? expiry),
    vouchesFor,
    granted: grantedTo(principal),
    status: readStatusReference(content ?? nothing),
    revocation: { version: -1, match: undefined },
  };
}

/** Whether the cold path would come to the same verdict now, for this API. */
export function stillStands(entry: Authenticated, api: ProtectedApi, now: EpochMs): boolean {
  return now >= entry.since && now < entry.until && entry.consumers === api.consumers && entry.vouchesFor(api);
}

/** The time at which a request is judged that came with the token: later than it came, where it had to wait for this. */
export function asOf({ since }: Authenticated, now: EpochMs): EpochMs {
  return Math.max(since, now);
}

import { channel } from '../base/channel.ts';
import type { EpochMs } from '../base/clock.ts';
import type { Rejection } from '../protocol/rejection.ts';
import type { ExchangeGrant } from './exchange-rule.ts';
import type { FederationFailureCode } from './federation/federation-failure.ts';
import type { SubjectToken } from './ports/token-registry.ts';

/** An access token was issued and is on record. */
export const tokenIssued = channel<{
  readonly id: string;
  readonly kind: 'jwt' | 'opaque';
  readonly client: string;
  readonly subject: string;
  readonly audience: string | undefined;
  readonly scopes: readonly string[];
  readonly expiresAt: EpochMs;
}>('gatehouse:provider:token-issued');

/** A token of another issuer's, or of ours, was exchanged for one of ours. */
export const tokenExchanged = channel<{
  readonly grant: ExchangeGrant;
  /** `jti` of what came of it, which was announced as issued. */
  readonly id: string;
  readonly client: string;
  readonly subject: string;
  readonly audience: string | undefined;
  readonly scopes: readonly string[];
  readonly expiresAt: EpochMs;
  readonly subjectToken: SubjectToken;
}>('gatehouse:provider:token-exchanged');

/** A request was refused at one of the endpoints. */
export const requestRefused = channel<{
  readonly endpoint: string;
  readonly client: string | undefined;
  /** RFC 6749 section 5.2 and its relatives. */
  readonly error: string;
  /** The private half: more than the client was told. */
  readonly reason: string | undefined;
  /** Why a token was not exchanged, as a gateway would say it. */
  readonly rejection?: Rejection | undefined;
}>('gatehouse:provider:refused');

export const signInSucceeded = channel<{
  readonly subject: string;
  readonly client: string;
  readonly address: string;
  /** The name of the federated issuer that they came from; absent for a password. */
  readonly issuer?: string;
}>('gatehouse:provider:sign-in-succeeded');

export const signInFailed = channel<{
  /** Undefined where there is no such account: what was typed may be a password. */
  readonly subject: string | undefined;
  readonly client: string;
  readonly address: string;
}>('gatehouse:provider:sign-in-failed');

/** Someone who wanted to sign in at a federated issuer could not: theirs, its, or ours to mend, as `code` says. */
export const federationFailed = channel<{
  /** The issuer's name. */
  readonly issuer: string;
  readonly code: FederationFailureCode;
  readonly reason: string;
  readonly remedy: string;
  /** Undefined where the answer belongs to no sign-in that we know. */
  readonly client: string | undefined;
  readonly address: string;
}>('gatehouse:provider:federation-failed');

/** People can sign in at a federated issuer from now on, once our redirect URI is registered there. */
export const federationOffered = channel<{ readonly issuer: string; readonly redirectUri: string }>(
  'gatehouse:provider:federation-offered',
);

/** Too many wrong secrets or passwords. */
export const guessingLimited = channel<{
  /** Whose secret or password was guessed, for instance `client:reporting`. */
  readonly name: string | undefined;
  readonly address: string;
  readonly retryAfterSeconds: number;
}>('gatehouse:provider:guessing-limited');

/** The tokens that came from one grant have died together. */
export const familyEnded = channel<{
  readonly grantId: string;
  readonly reason: 'refresh_token_replayed' | 'code_replayed' | 'revoked' | 'signed_out';
  /** How many access tokens were revoked. */
  readonly accessTokens: number;
}>('gatehouse:provider:family-ended');

/** Sign-ins here have ended, since those at a federated issuer have from which they came. */
export const signInsEnded = channel<{
  /** The federated issuer's identifier. */
  readonly issuer: string;
  /** `sid`s in our tokens. */
  readonly sessions: readonly string[];
  /** Whose tokens have all died, in our words; undefined where it was about one sign-in, or about nobody known here. */
  readonly subject: string | undefined;
  readonly actor: string;
  readonly reason: string;
}>('gatehouse:provider:sign-ins-ended');

/** Access tokens were revoked one by one. */
export const tokensRevoked = channel<{
  readonly ids: readonly string[];
  readonly actor: string;
  readonly reason: string;
}>('gatehouse:provider:tokens-revoked');

export const keysRotated = channel<{
  /** `kid`s */
  readonly activated: string;
  readonly signsFrom: EpochMs;
  readonly next: string;
}>('gatehouse:provider:keys-rotated');

/** Something went wrong that is nobody's request's fault. */
export const providerFailed = channel<{ readonly where: string; readonly error: unknown }>('gatehouse:provider:failed');

import { channel } from '../base/channel.ts';
import type { EpochMs } from '../base/clock.ts';

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

/** A request was refused at one of the endpoints. */
export const requestRefused = channel<{
  readonly endpoint: string;
  readonly client: string | undefined;
  /** RFC 6749 section 5.2 and its relatives. */
  readonly error: string;
  /** The private half: more than the client was told. */
  readonly reason: string | undefined;
}>('gatehouse:provider:refused');

export const signInSucceeded = channel<{
  readonly subject: string;
  readonly client: string;
  readonly address: string;
}>('gatehouse:provider:sign-in-succeeded');

export const signInFailed = channel<{
  /** Undefined where there is no such account: what was typed may be a password. */
  readonly subject: string | undefined;
  readonly client: string;
  readonly address: string;
}>('gatehouse:provider:sign-in-failed');

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

import type { AccountOptions } from './accounts.ts';
import type { ClientOptions } from './client-options.ts';
import type { ExchangeRule } from './exchange-rule.ts';
import type { SignInIssuerOptions } from './federation/sign-in-issuer.ts';
import type { GuessLimits } from './guess-limits.ts';
import type { SigningAlgorithm } from './signing-algorithms.ts';
import type { TokenFormatSettings } from './token-format.ts';

/** What the provider is told by the configuration. Durations are in milliseconds. */
export interface ProviderOptions {
  /** Issuer identifier (RFC 8414 section 2): an origin without path, https unless on loopback. */
  readonly issuer: string;
  readonly apis: readonly ApiOptions[];
  readonly clients?: readonly ClientOptions[] | undefined;
  readonly accounts?: readonly AccountOptions[] | undefined;
  /** Federated issuers at which people can sign in, in the order in which they are offered. */
  readonly signIn?: readonly SignInIssuerOptions[] | undefined;
  /** Which tokens of other issuers, or of ours, are exchanged. Default: none. */
  readonly exchange?: readonly ExchangeRule[] | undefined;
  /** Addresses or CIDR blocks of the proxies whose `X-Forwarded-For` is believed. Default: none. */
  readonly trustedProxies?: readonly string[] | undefined;
  readonly lifetimes?: Partial<Lifetimes> | undefined;
  readonly limits?: Partial<GuessLimits> | undefined;
  /** Of keys made from now on. Default ES256. */
  readonly signingAlgorithm?: SigningAlgorithm | undefined;
}

/** An API that we issue tokens for. */
export interface ApiOptions {
  readonly name: string;
  /** An absolute URI: what `resource` names it by (RFC 8707) and what its tokens have in `aud`. */
  readonly audience: string;
  /** Every scope that means something to it. */
  readonly scopes: readonly string[];
  readonly tokens?: TokenOptions | undefined;
}

export interface TokenOptions extends TokenFormatSettings {
  /** How long an access token lives. Default 600000 (10 minutes). */
  readonly ttl?: number | undefined;
  /**
   * The claims of an account that its tokens carry, opaque or JWT alike; those that the API's rules read must be among
   * them. Default: none.
   */
  readonly claims?: readonly string[] | undefined;
  /** Whether its JWTs name a place in a status list of ours, for those who validate on their own. Default false. */
  readonly statusList?: boolean | undefined;
}

export interface Lifetimes {
  /** Default 60000 (1 minute; RFC 6749 section 4.1.2 advises at most 10). */
  readonly authorizationCode: number;
  /** Default 3600000 (1 hour). */
  readonly idToken: number;
  /** Of a refresh token that is not used. Default 1209600000 (14 days). */
  readonly refreshToken: number;
  /** Of what a user granted, however often it is refreshed. Default 7776000000 (90 days). */
  readonly grant: number;
  /** Of a sign-in; each use renews it. Default 1209600000 (14 days). */
  readonly session: number;
  /** For which someone may ponder on the sign-in page. Default 1800000 (30 minutes). */
  readonly interaction: number;
  /** After which everybody has heard of a revocation by a status list, caches on the way included. Default 30000. */
  readonly statusList: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;

export const defaultTokenTtl = 10 * minute;

export const defaultLifetimes: Lifetimes = {
  authorizationCode: minute,
  idToken: 60 * minute,
  refreshToken: 14 * day,
  grant: 90 * day,
  session: 14 * day,
  interaction: 30 * minute,
  statusList: minute / 2,
};

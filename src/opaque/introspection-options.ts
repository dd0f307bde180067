import type { Clock } from '../base/clock.ts';
import type { HttpClient } from '../net/index.ts';
import type { JwtExpectation, KeySet } from '../tokens/index.ts';
import type { ClientAuthentication } from './client-authentication.ts';

/** How a third-party issuer is asked about its tokens. Times in milliseconds. */
export interface IntrospectionOptions {
  /** The issuer's name in the configuration. */
  readonly issuerName: string;
  /** The issuer identifier: for whom our client assertions are, and who signs signed answers. */
  readonly issuer: string;
  /** What is demanded of the issuer's tokens: an answer is held to the same as a JWT, as far as it says anything. */
  readonly expectation: JwtExpectation;
  /** The endpoint's word on who issued a token is good whoever it is: no issuer identifier is known. Default false. */
  readonly anyIssuer?: boolean;
  /** https, or http on loopback; without user name and fragment. */
  readonly endpoint: string;
  /** `tokeninfo`: Google's own protocol, which is not RFC 7662; only together with `clients`. Default `rfc7662`. */
  readonly protocol?: 'rfc7662' | 'tokeninfo';
  readonly authentication: ClientAuthentication;
  /** Which opaque tokens are this issuer's. Default: all but our own. */
  readonly form?: OpaqueTokenForm;
  /** Demand signed answers (RFC 9701). Needs a client id and keys. Default false. */
  readonly signed?: boolean;
  /** Whether an answer without `exp` is refused, or is good for as long as it is fresh. Default `required`. */
  readonly expiry?: 'required' | 'optional';
  /** For how long the answer `active` is good; never beyond the token's `exp`. Default 30000 (30 seconds); 0: not at all. */
  readonly cache?: number;
  /** For how long any other answer is good. Default 5000 (5 seconds); 0: not at all. */
  readonly negativeCache?: number;
  /** For one exchange with the endpoint. Default 3000 (3 seconds). */
  readonly timeout?: number;
  /** Requests at the endpoint at once; as many again wait, each for half a time-out at most. Default 64. */
  readonly concurrency?: number;
  /** What protects `tokeninfo`, where any application's token is active: `aud` and `azp` must be among these. */
  readonly clients?: readonly string[];
  /** Bytes that good answers may take, by estimate. Default 33554432 (32 MiB). All others together take 1 MiB more. */
  readonly cacheBytes?: number;
}

/** A token is the issuer's if it begins with one of the prefixes, or matches. */
export interface OpaqueTokenForm {
  /** Of our own form, and nothing else: the issuer is a Gatehouse, whose tokens this process does not issue itself. */
  readonly gatehouse?: boolean;
  readonly prefixes?: readonly string[];
  /** Must be quick whatever the token is: a caller chooses it. */
  matches?(token: string): boolean;
}

export interface IntrospectionDependencies {
  readonly http: HttpClient;
  readonly clock: Clock;
  /** The issuer's keys, for signed answers. */
  readonly keys?: AnswerKeys;
}

/** The part of an issuer's key source that signed answers need. */
export interface AnswerKeys {
  current(): KeySet | undefined;
  /** @returns undefined where keys cannot be had at all */
  refresh(kid: string | undefined): Promise<KeySet | undefined>;
}

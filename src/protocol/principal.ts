import type { EpochMs, NumericDate } from '../base/clock.ts';
import type { Ancestor } from './ancestors.ts';
import type { Claims, JsonObject } from './claims.ts';

/**
 * Who is calling: the same shape whichever issuer the token came from and whichever kind it is.
 * The issuer's preset makes it from a verified token; policy, revocation and forwarding read nothing else.
 */
export interface Principal {
  /** The kind of token that was presented. */
  readonly kind: 'jwt' | 'opaque';
  /** The configured identifier of the issuer, also where a token's `iss` may be one of several strings. */
  readonly issuer: string;
  /** The issuer's name in the configuration. */
  readonly issuerName: string;
  readonly subject: string | undefined;
  readonly client: string | undefined;
  /** Who of the configured consumers has that client of that issuer; undefined: nobody, or not looked up yet. */
  readonly consumer: string | undefined;
  readonly audiences: readonly string[];
  readonly scopes: ReadonlySet<string>;
  readonly roles: readonly string[];
  /** `unknown` where the issuer says that there are groups but not which (Entra ID's group overage). */
  readonly groups: readonly string[] | 'unknown';
  readonly claims: Claims;
  readonly issuedAt: NumericDate | undefined;
  readonly expiresAt: EpochMs;
  /** `jti`, or the issuer's own name for it (Entra ID's `uti`). */
  readonly tokenId: string | undefined;
  /** `sid`, or the issuer's own name for it (Cognito's `origin_jti`, PingFederate's `agid`). */
  readonly session: string | undefined;
  readonly keyId: string | undefined;
  /** SHA-256 of the whole token, lower-case hex. */
  readonly tokenHash: string;
  /** Likewise of the signed token within, where the token was encrypted. */
  readonly nestedTokenHash: string | undefined;
  /** What the token was exchanged for (RFC 8693), the nearest first: it dies with each of them. */
  readonly ancestors: readonly Ancestor[];
  /** `cnf` (RFC 7800): the token is bound to a key and is nothing without its proof. */
  readonly confirmation: JsonObject | undefined;
}

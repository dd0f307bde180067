import type { EpochMs, NumericDate } from '../../base/clock.ts';
import type { Claims } from '../../protocol/claims.ts';

/** A token that was exchanged (RFC 8693): all that a revocation may name it by, so that what came of it dies with it. */
export interface SubjectToken {
  /** Identifier of whoever issued it, as the revocation log has it. */
  readonly issuer: string;
  /** SHA-256 of the token, lower-case hex. */
  readonly hash: string;
  /** Likewise of the token that was encrypted in it. */
  readonly nestedHash?: string | undefined;
  /** `jti`, or the issuer's own name for it. */
  readonly id?: string | undefined;
  /** As its issuer knows them, not as we do. */
  readonly subject?: string | undefined;
  readonly client?: string | undefined;
  readonly session?: string | undefined;
  /** `kid` of the key that signed it. */
  readonly keyId?: string | undefined;
  readonly issuedAt?: NumericDate | undefined;
}

/** Where the status of a JWT of ours stands (draft-ietf-oauth-status-list-21 section 6.2). */
export interface StatusPlace {
  /** Number of the list. */
  readonly list: number;
  readonly index: number;
}

/** An access token that we issued, opaque or JWT. Known by its hash; the value is kept nowhere. */
export interface IssuedToken {
  /** `jti`: random, unique, no secret. */
  readonly id: string;
  /** SHA-256 of the token, lower-case hex. */
  readonly hash: string;
  readonly kind: 'jwt' | 'opaque';
  readonly client: string;
  /** The account, or the client itself with client_credentials (RFC 9068 section 2.2). */
  readonly subject: string;
  /** The API's audience; undefined for a token that is good for the userinfo endpoint only. */
  readonly audience: string | undefined;
  readonly scopes: readonly string[];
  /** What a user granted the client: the family of tokens that dies together. */
  readonly grantId: string | undefined;
  /** `sid` */
  readonly session: string | undefined;
  /** `kid` of the key that signed it; undefined for an opaque token. */
  readonly keyId: string | undefined;
  readonly issuedAt: NumericDate;
  /** From here on it is not accepted: as issued, or earlier where it was shortened. */
  readonly expiresAt: EpochMs;
  /** `exp` as it was issued; for a JWT, what stands in the token. Never before `expiresAt`. */
  readonly issuedUntil: EpochMs;
  /** The token that it was exchanged for, and where that was exchanged for another, that one, and so on. */
  readonly subjectTokens: readonly SubjectToken[];
  /** Of a JWT that names a status list of ours; no other token ever had this place. */
  readonly status?: StatusPlace | undefined;
  /** What a JWT would say, for an opaque token: what `TokenStore` of src/opaque answers with. Undefined for a JWT. */
  readonly claims: Claims | undefined;
}

/** Which tokens; what is left out does not narrow. */
export interface TokenSelection {
  readonly id?: string | undefined;
  readonly client?: string | undefined;
  readonly subject?: string | undefined;
  readonly grantId?: string | undefined;
}

/** Tokens to be counted. */
export interface TokenCount extends Pick<TokenSelection, 'client' | 'subject'> {
  /** Only tokens whose `expiresAt` is after this. */
  readonly liveAt: EpochMs;
  /** Only tokens that were issued up to the end of this second. */
  readonly issuedUntil: NumericDate;
}

export interface TokenQuery extends TokenSelection {
  /** Only tokens whose `expiresAt` is after this. */
  readonly liveAt: EpochMs;
  /** The last token of the page before. */
  readonly after?: Pick<IssuedToken, 'issuedAt' | 'id'> | undefined;
  /** The most tokens to return. */
  readonly limit: number;
}

/**
 * PORT. Every access token of ours that may still be accepted. Durable before a method resolves; rejects when the
 * store cannot be asked. Whether a token was revoked is not told here but by the revocation log.
 */
export interface TokenRegistry {
  /** @throws where a token of this hash or id is known already */
  record(token: IssuedToken): Promise<void>;
  find(hash: string): Promise<IssuedToken | undefined>;
  /** Newest first: by `issuedAt`, then `id`, both descending. */
  list(query: TokenQuery): Promise<readonly IssuedToken[]>;
  count(query: TokenCount): Promise<number>;
  /** Moves `expiresAt` of the selected tokens forward to the given time, never back; returns how many it moved. */
  shorten(selection: TokenSelection, expiresAt: EpochMs): Promise<number>;
  /** The latest `issuedUntil` of all JWTs: how long the keys that signed them must stay published. */
  latestJwtExpiry(): Promise<EpochMs | undefined>;
  /** Drops the tokens whose `issuedUntil` is not after `now`; returns how many. */
  purge(now: EpochMs): Promise<number>;
}

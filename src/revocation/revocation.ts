import type { EpochMs, NumericDate } from '../base/clock.ts';

/**
 * What a revocation names. With `takesCutOff`, it kills the tokens issued at or before a second; without, the one
 * token (or the tokens of that one `jti`) whenever it was issued.
 */
export const revocationKinds = {
  /** SHA-256 of the whole token, lower-case hex: works for any token, with or without `jti`. */
  token: { takesCutOff: false },
  jti: { takesCutOff: false },
  /** `sub`; may be narrowed to one client. */
  subject: { takesCutOff: true },
  client: { takesCutOff: true },
  /** `sid` */
  session: { takesCutOff: true },
  /** `kid` */
  key: { takesCutOff: true },
  /** Every token of the issuer; the value is the issuer's identifier. */
  issuer: { takesCutOff: true },
} as const;

export type RevocationKind = keyof typeof revocationKinds;

/** What a caller asks for. */
export interface NewRevocation {
  /** Identifier of the issuer whose tokens die; the same value for another issuer is another thing. */
  readonly issuer: string;
  readonly kind: RevocationKind;
  readonly value: string;
  /** Narrows a `subject` to the tokens that this client holds. */
  readonly client?: string | undefined;
  /**
   * The cut-off in whole seconds: tokens issued at or before that second die, since `iat` counts whole seconds, and
   * so does a token without `iat`. Default: the second in which the entry is appended.
   */
  readonly before?: NumericDate | undefined;
  /**
   * From this second on, for an entry that names one token: so that a token which is to die early does so by the log,
   * on every gateway, and not by its row. Default: at once.
   */
  readonly from?: EpochMs | undefined;
  /** From here on no token that the entry hits is accepted anywhere, leeway included; see retention.ts. */
  readonly expiresAt: EpochMs;
  readonly reason?: string | undefined;
  /** Who revoked, for the audit log. */
  readonly actor: string;
}

/** An entry of the log: never changed, dropped only when it has expired. */
export interface Revocation extends NewRevocation {
  /** Strictly increasing in the order in which entries become visible; gaps are possible. */
  readonly seq: number;
  /** When it was appended. */
  readonly at: EpochMs;
}

/** What an entry does: all that a gateway needs of it, without who wanted it and why. */
export type RevocationEffect = Omit<Revocation, 'actor' | 'reason'>;

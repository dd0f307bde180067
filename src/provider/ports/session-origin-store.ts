import type { EpochMs, NumericDate } from '../../base/clock.ts';

/** Where a sign-in here came from: the sign-in of the same person at a federated issuer. */
export interface SessionOrigin {
  /** `sid` in our tokens. */
  readonly session: string;
  /** `iss`, `sub` and `sid` of the ID token. */
  readonly issuer: string;
  readonly issuerSubject: string;
  readonly issuerSession: string | undefined;
  /** When they came from there; they may have authenticated long before. */
  readonly at: NumericDate;
  /** From here on nothing lives any more that hangs on the sign-in. */
  readonly expiresAt: EpochMs;
}

/**
 * PORT. By what issuers say of their sign-ins, ours are found. Durable before a method resolves; rejects when the store
 * cannot be asked.
 */
export interface SessionOriginStore {
  /** Inserts, or replaces the row of the same session. */
  record(origin: SessionOrigin): Promise<void>;
  bySubject(issuer: string, issuerSubject: string): Promise<readonly SessionOrigin[]>;
  bySession(issuer: string, issuerSession: string): Promise<readonly SessionOrigin[]>;
  /** Drops the rows whose `expiresAt` is not after `now`; returns how many. */
  purge(now: EpochMs): Promise<number>;
}

import type { EpochMs } from '../base/clock.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { Witness } from '../protocol/witness.ts';

/** Says whether an opaque token is active and what its issuer says of it. */
export interface OpaqueVerifier {
  /** The issuer's name in the configuration. */
  readonly issuerName: string;
  /** Whether a token looks like one of this issuer's: it is then shown to no other. */
  recognises(token: string): boolean;
  /**
   * Synchronous where the answer is at hand.
   *
   * @param hash SHA-256 of the token, lower-case hex
   * @param graceMs how old the issuer's last good word on this very token may be while it cannot be asked; 0: it does
   *   not count. A verdict given by grace is `freshUntil` now.
   */
  verify(
    token: string,
    hash: string,
    now: EpochMs,
    graceMs: number,
    witness?: Witness,
  ): Verdict<VerifiedToken> | Promise<Verdict<VerifiedToken>>;
}

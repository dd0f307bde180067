import type { EpochMs, NumericDate } from '../base/clock.ts';
import type { NewRevocation } from '../revocation/index.ts';

/**
 * PORT. What was received before, by a digest of who sent it and its `jti`. Durable before `remember` resolves; rejects
 * when it cannot be asked. That something is forgotten too early does no harm: what is done twice is done once.
 */
export interface SignalMemory {
  knows(digest: string): Promise<boolean>;
  remember(digest: string, until: EpochMs): Promise<void>;
}

/** Sign-ins at our own provider that came from an issuer which says that they have ended. */
export interface EndedSignIns {
  /** `iss`, and of the two the narrower that is known, as in the issuer's ID tokens. */
  readonly issuer: string;
  readonly subject: string | undefined;
  readonly session: string | undefined;
  /** Those that were begun later go on. */
  readonly before: NumericDate;
  readonly actor: string;
  readonly reason: string;
}

/** PORT. What signals lead to. Each resolves when it is durable and applied in this process. */
export interface SignalEffects {
  revoke(entries: readonly NewRevocation[]): Promise<unknown>;
  endSignIns(ended: EndedSignIns): Promise<unknown>;
}

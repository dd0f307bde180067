import { channel } from '../base/channel.ts';
import type { EpochMs } from '../base/clock.ts';
import type { IssuerFailure } from './issuer-failure.ts';

export interface KeysRefreshed {
  readonly issuer: string;
  readonly jwksUri: string;
  readonly keys: number;
  /** Whether the keys are others than before. */
  readonly changed: boolean;
}

export interface KeysNotRefreshed {
  readonly issuer: string;
  readonly failure: IssuerFailure;
  /** How many times in a row. */
  readonly failures: number;
  /** Until when the earlier keys serve; undefined where there are none. */
  readonly usableUntil: EpochMs | undefined;
}

export interface KeySkipped {
  readonly issuer: string;
  readonly kid: string | undefined;
  readonly reason: string;
}

export interface IssuerWarning {
  readonly issuer: string;
  readonly warning: string;
}

export const keysRefreshed = channel<KeysRefreshed>('gatehouse:issuers:keys-refreshed');
export const keysNotRefreshed = channel<KeysNotRefreshed>('gatehouse:issuers:keys-not-refreshed');
/** Once for each skipped key of a key set that is new. */
export const keySkipped = channel<KeySkipped>('gatehouse:issuers:key-skipped');
/** Something that works but will surprise, for instance an `iss` that is not accepted. */
export const issuerWarned = channel<IssuerWarning>('gatehouse:issuers:warned');

import type { EpochMs, NumericDate } from '../../base/clock.ts';

/** What the authorization server keeps besides access tokens. Open: the library's models by their name. */
export type ArtifactModel =
  | 'AuthorizationCode'
  | 'Grant'
  | 'Interaction'
  | 'PushedAuthorizationRequest'
  | 'RefreshToken'
  | 'ReplayDetection'
  | 'Session'
  | (string & {});

/** A row of the authorization server's state. Holds no value by which anyone could claim to be its bearer. */
export interface Artifact {
  readonly model: ArtifactModel;
  /** SHA-256 of the value by which it is known outside, lower-case hex; unique within its model. */
  readonly key: string;
  /** A JSON object without undefined members. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The grant that it was made from: what dies with it. */
  readonly grantId: string | undefined;
  /** A second name, of sessions. */
  readonly uid: string | undefined;
  /** When it was used, for those that can be used once. */
  readonly consumedAt: NumericDate | undefined;
  readonly expiresAt: EpochMs;
}

/**
 * PORT. Durable before a method resolves; rejects when the store cannot be asked. An expired row may still be found:
 * the caller looks at `expiresAt`.
 */
export interface ArtifactStore {
  /** Inserts, or replaces the row of the same model and key. */
  put(artifact: Artifact): Promise<void>;
  /**
   * Inserts unless there is a row of the same model and key that lives beyond `now`. Of two concurrent callers, in
   * whatever process, one gets true.
   */
  add(artifact: Artifact, now: EpochMs): Promise<boolean>;
  find(model: ArtifactModel, key: string): Promise<Artifact | undefined>;
  findByUid(model: ArtifactModel, uid: string): Promise<Artifact | undefined>;
  /** Marks the row as used. True for exactly one caller; false if it was used before or does not exist. */
  consume(model: ArtifactModel, key: string, at: NumericDate): Promise<boolean>;
  remove(model: ArtifactModel, key: string): Promise<void>;
  /** Removes every row, of whatever model, that has this `grantId`. */
  removeByGrant(grantId: string): Promise<void>;
  /** Drops the rows whose `expiresAt` is not after `now`; returns how many. */
  purge(now: EpochMs): Promise<number>;
}

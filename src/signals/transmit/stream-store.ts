import type { EpochMs } from '../../base/clock.ts';
import type { LogPosition } from '../../revocation/index.ts';

/**
 * PORT. How far each stream has told the revocation log, which is its outbox. Durable before a method resolves; rejects when
 * it cannot be asked.
 */
export interface StreamStore {
  /** Undefined where nothing was told yet. */
  position(stream: string): Promise<LogPosition | undefined>;
  advance(stream: string, position: LogPosition): Promise<void>;
  /**
   * Whether this process is the one, of all that share the store, that tells until then. Two for a moment do no harm but
   * to tell twice.
   */
  hold(stream: string, holder: string, now: EpochMs, until: EpochMs): Promise<boolean>;
}

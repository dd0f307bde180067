import type { Store } from '../../src/store/index.ts';

/** A store of its own, empty when opened. */
export interface TemporaryStore {
  readonly store: Store;
  /** Opens the same store once more, as another process would. */
  another(): Promise<Store>;
  /** Closes all that was opened, and removes what was stored. */
  close(): Promise<void>;
}

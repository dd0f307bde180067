import { type Clock, systemClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/store/index.ts';
import { aSqliteStore } from '../fixtures/a-sqlite-store.ts';

/** A store of its own, empty when opened. */
export interface TemporaryStore {
  readonly store: Store;
  /** Opens the same store once more, as another process would. */
  another(): Promise<Store>;
  /** Closes all that was opened, and removes what was stored. */
  close(): Promise<void>;
}

export interface Engine {
  readonly name: string;
  open(clock?: Clock): Promise<TemporaryStore>;
}

const sqlite: Engine = {
  name: 'SQLite',
  async open(clock = systemClock) {
    const { store, another, close } = aSqliteStore(clock);
    return { store, another: async () => another(), close };
  },
};

/** Every engine that there is, each the real one. */
export const engines: readonly Engine[] = [sqlite];

import type { EpochMs } from '../base/clock.ts';
import type { LogPosition } from './log-position.ts';

/** What a gateway says of itself, again and again. */
export interface GatewayReport {
  /** By chance, for one run of one process. */
  readonly id: string;
  /** For people. */
  readonly name: string;
  readonly startedAt: EpochMs;
  /** Up to where the revocation log is in force there. */
  readonly applied: LogPosition;
  /** Milliseconds: when it was silent for that long, it refuses by itself what its API says; see lease.ts. */
  readonly leaseMs: number;
}

export interface ListedGateway extends GatewayReport {
  /** Milliseconds since its last report, by the clock of the store. */
  readonly silentMs: number;
}

export interface GatewayList {
  readonly gateways: readonly ListedGateway[];
  /**
   * Milliseconds for which no report was lost, by the clock of the store: a gateway that is not on the list, and did
   * not withdraw, was silent for at least that long. Reports need not be durable.
   */
  readonly keptForMs: number;
}

/**
 * PORT. Who is there: the gateways, and how far each has come. Times are stamped by the store, on one clock for all.
 * A method rejects when the store cannot be asked.
 */
export interface GatewayRoster {
  /** Resolves when others can see it. */
  report(gateway: GatewayReport): Promise<void>;
  /** For a gateway that decides nothing any more. */
  withdraw(id: string): Promise<void>;
  /** In the order of their names. */
  list(): Promise<GatewayList>;
  /** Forgets those that were silent for longer than so many milliseconds; returns how many. */
  forget(silentMs: number): Promise<number>;
  /** Calls `wake` when a gateway may have come further, soon and perhaps too often. Returns how to stop. */
  subscribe?(wake: () => void): () => void;
}

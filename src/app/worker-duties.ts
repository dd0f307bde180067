import type { RateTaking } from '../access/index.ts';
import type { ReadinessCheck } from '../admin/index.ts';
import type { PackedConfig } from '../config/index.ts';
import type { MetricValues } from '../observability/index.ts';

/** What a gateway worker is asked to do. */
export interface WorkerDuties {
  /**
   * Resolves when it serves.
   *
   * @throws ForeseenFailure where it cannot
   */
  start(order: StartOrder): Promise<void>;
  /** @throws ForeseenFailure where it cannot take it over; all stays as it was */
  reload(config: PackedConfig): Promise<void>;
  readiness(nothing: undefined): Promise<readonly ReadinessCheck[]>;
  metrics(nothing: undefined): Promise<MetricValues>;
  /** Lets what is under way finish, and ends the process. */
  stop(nothing: undefined): Promise<void>;
}

export interface StartOrder {
  readonly config: PackedConfig;
  /** Which of the workers it is, from 1. */
  readonly number: number;
}

/** What workers tell each other: what they have granted of the rates of consumers. */
export type WorkerNews = readonly RateTaking[];

/** A system that runs, in one or more processes. */
export interface Running {
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

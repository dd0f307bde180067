import type { ReadinessCheck } from '../admin/index.ts';
import { type Config, type PackedConfig, packConfig } from '../config/index.ts';
import { type MetricValues, ProgramMetrics } from '../observability/index.ts';
import { WorkerGone, WorkerPool, type WorkerProcess } from '../workers/index.ts';
import type { Listener } from './listeners.ts';
import type { WorkerDuties } from './worker-duties.ts';

/** Milliseconds in which a worker that lives has said how it is, or taken over a configuration. */
const patience = { state: 1_000, reload: 30_000 };

/** Milliseconds that a worker is given to close what is left after it was drained. */
const closingTime = 5_000;

type Worker = WorkerProcess<WorkerDuties>;

export interface GatewayWorkersOptions {
  readonly program: readonly [file: string, ...args: string[]];
  readonly count: number;
  /** Where they write the log: a file descriptor. */
  readonly output: number;
}

/** The gateway in several processes, as a listener of the main one. */
export class GatewayWorkers implements Listener {
  readonly #pool: WorkerPool<WorkerDuties>;
  readonly #count: number;
  readonly #metrics = new ProgramMetrics();
  /** What a worker begins with. */
  #config: PackedConfig;

  constructor(config: Config, options: GatewayWorkersOptions) {
    this.#config = packConfig(config);
    this.#count = options.count;
    this.#pool = new WorkerPool({
      ...options,
      begin: (worker) => worker.ask('start', { config: this.#config, number: worker.number }),
      onEnd: (worker) => this.#metrics.end(worker),
    });
  }

  get serving(): number {
    return this.#count - this.#pool.missing.length;
  }

  /** @throws StartupFailure where one of the first workers cannot start */
  open(): Promise<void> {
    return this.#pool.open();
  }

  reload(): void {
    // The configuration comes by `takeOver`, before all listeners are told.
  }

  /**
   * All workers take over a configuration, or none does. One that ends meanwhile is replaced by one that begins with
   * what the others have.
   *
   * @throws ForeseenFailure with the reason where one of them says no
   */
  async takeOver(next: Config): Promise<void> {
    const before = this.#config;
    this.#config = packConfig(next);
    const refusals = new Map<Worker, unknown>();
    const ask = (worker: Worker): Promise<unknown> =>
      this.#reload(worker).catch((reason: unknown) => refusals.set(worker, reason));
    await Promise.all(this.#pool.workers.map(ask));
    const [reason] = refusals.values();
    if (refusals.size === 0) return;
    this.#config = before;
    await Promise.all(this.#pool.workers.filter((worker) => !refusals.has(worker)).map(ask));
    throw reason;
  }

  /** By worker; one that is missing, or says nothing, is not ready. */
  async readiness(): Promise<readonly ReadinessCheck[]> {
    const missing = this.#pool.missing.map((number) => ({ name: nameOf(number), ready: false }));
    const serving = this.#pool.workers.filter(({ number }) => !missing.some(({ name }) => name === nameOf(number)));
    return [...missing, ...(await Promise.all(serving.map(readinessOf))).flat()];
  }

  /** @param own of the main process */
  async metrics(own: MetricValues): Promise<string> {
    this.#metrics.update(this, own);
    await Promise.all(this.#pool.workers.map((worker) => this.#updateMetrics(worker)));
    return this.#metrics.text();
  }

  async close(drainMs: number): Promise<void> {
    for (const worker of this.#pool.workers) void worker.ask('stop', undefined).catch(() => undefined);
    await this.#pool.close(drainMs + closingTime);
  }

  async #reload(worker: Worker): Promise<void> {
    try {
      await worker.ask('reload', this.#config, patience.reload);
    } catch (error) {
      if (!(error instanceof WorkerGone)) throw error;
      worker.kill();
    }
  }

  /** Of one that does not answer, what it said last counts. */
  async #updateMetrics(worker: Worker): Promise<void> {
    const values = await worker.ask('metrics', undefined, patience.state).catch(() => undefined);
    if (values !== undefined && this.#pool.workers.includes(worker)) this.#metrics.update(worker, values);
  }
}

async function readinessOf(worker: Worker): Promise<readonly ReadinessCheck[]> {
  const name = nameOf(worker.number);
  try {
    const checks = await worker.ask('readiness', undefined, patience.state);
    return checks.map((check) => ({ ...check, name: `${name}: ${check.name}` }));
  } catch {
    return [{ name, ready: false }];
  }
}

function nameOf(number: number): string {
  return `worker ${number}`;
}

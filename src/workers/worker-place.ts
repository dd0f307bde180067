import { ForeseenFailure } from '../base/foreseen-failure.ts';
import { workerLost, workerStarted } from './channels.ts';
import type { Duties } from './duties.ts';
import { longEnough, restartDelay } from './restart-delay.ts';
import type { WorkerProcess } from './worker-process.ts';

export interface WorkerPlaceOptions<Known extends Duties<Known>> {
  fork(): WorkerProcess<Known>;
  /**
   * Resolves when the worker serves.
   *
   * @throws ForeseenFailure where it cannot
   */
  begin(worker: WorkerProcess<Known>): Promise<void>;
  /** Called when it has ended, whatever the reason. */
  onEnd(worker: WorkerProcess<Known>): void;
}

/** Where there is always one worker: one that is lost is replaced, after a pause that grows while they do not last. */
export class WorkerPlace<Known extends Duties<Known>> {
  readonly #options: WorkerPlaceOptions<Known>;
  #worker: WorkerProcess<Known> | undefined;
  #serves = false;
  #shortLives = 0;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: WorkerPlaceOptions<Known>) {
    this.#options = options;
  }

  /** The process that is there now, even where it does not serve yet. */
  get worker(): WorkerProcess<Known> | undefined {
    return this.#worker;
  }

  get serves(): boolean {
    return this.#serves;
  }

  /** @throws ForeseenFailure where the first worker cannot start; no other is tried then */
  async open(): Promise<void> {
    const worker = this.#fork();
    await this.#options.begin(worker);
    this.#welcome(worker);
  }

  /** A worker that serves was told to end, and is ended after so many milliseconds; one that does not is at once. */
  async close(withinMs: number): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    const worker = this.#worker;
    if (worker === undefined) return;
    const timer = setTimeout(() => worker.kill(), this.#serves ? withinMs : 0);
    await worker.ended;
    clearTimeout(timer);
  }

  #fork(): WorkerProcess<Known> {
    const worker = this.#options.fork();
    this.#worker = worker;
    void worker.ended.then(() => {
      this.#worker = undefined;
      this.#serves = false;
      this.#options.onEnd(worker);
    });
    return worker;
  }

  #welcome(worker: WorkerProcess<Known>): void {
    this.#serves = true;
    workerStarted.announce({ number: worker.number, pid: worker.pid });
    const startedAt = performance.now();
    void worker.ended.then((how) => {
      if (performance.now() - startedAt > longEnough) this.#shortLives = 0;
      this.#replace(worker, how);
    });
  }

  #replace({ number, pid }: WorkerProcess<Known>, reason: string): void {
    if (this.#isClosed) return;
    const retryMs = restartDelay(++this.#shortLives);
    workerLost.announce({ number, pid, reason, retryMs });
    this.#retry = setTimeout(() => void this.#startAnother(), retryMs);
  }

  /** One that cannot start is as good as lost. */
  async #startAnother(): Promise<void> {
    const worker = this.#fork();
    try {
      await this.#options.begin(worker);
    } catch (error) {
      if (!(error instanceof ForeseenFailure)) throw error;
      worker.kill();
      await worker.ended;
      return this.#replace(worker, error.message);
    }
    this.#welcome(worker);
  }
}

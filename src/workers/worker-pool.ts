import cluster from 'node:cluster';
import type { Duties } from './duties.ts';
import { WorkerPlace } from './worker-place.ts';
import { WorkerProcess } from './worker-process.ts';

export interface WorkerPoolOptions<Known extends Duties<Known>> {
  /** The program that a worker runs, and its arguments. */
  readonly program: readonly [file: string, ...args: string[]];
  readonly count: number;
  /** Where it writes its standard output: a file descriptor, shared by all. */
  readonly output: number;
  /**
   * Makes a worker serve.
   *
   * @throws ForeseenFailure where it cannot
   */
  begin(worker: WorkerProcess<Known>): Promise<void>;
  /** Called when one has ended, whatever the reason. */
  onEnd?(worker: WorkerProcess<Known>): void;
}

/**
 * Processes that serve the same ports. They end with this one, also where it is killed: node:cluster ends a worker whose
 * channel has broken off.
 */
export class WorkerPool<Known extends Duties<Known>> {
  readonly #places: readonly WorkerPlace<Known>[];

  constructor({ program, count, output, begin, onEnd = () => undefined }: WorkerPoolOptions<Known>) {
    const [exec, ...args] = program;
    // Workers accept by themselves, from one queue; see docs/decisions/012-workers.md.
    cluster.schedulingPolicy = cluster.SCHED_NONE;
    cluster.setupPrimary({ exec, args, serialization: 'advanced', stdio: ['ignore', output, 'inherit', 'ipc'] });
    this.#places = Array.from({ length: count }, (_, index) => {
      const fork = (): WorkerProcess<Known> => {
        const worker: WorkerProcess<Known> = new WorkerProcess(cluster.fork(), index + 1, (content) =>
          this.#tellOthers(worker, content),
        );
        return worker;
      };
      return new WorkerPlace({ fork, begin, onEnd });
    });
  }

  /** Those that are there, even where they do not serve yet. */
  get workers(): readonly WorkerProcess<Known>[] {
    return this.#places.flatMap(({ worker }) => worker ?? []);
  }

  /** The numbers of the places in which none serves. */
  get missing(): readonly number[] {
    return this.#places.flatMap(({ serves }, index) => (serves ? [] : index + 1));
  }

  /** @throws ForeseenFailure where one cannot start */
  async open(): Promise<void> {
    await Promise.all(this.#places.map((place) => place.open()));
  }

  /** Replaces none any more. Those that serve are to end by themselves within so many milliseconds; the rest is ended. */
  async close(withinMs: number): Promise<void> {
    await Promise.all(this.#places.map((place) => place.close(withinMs)));
  }

  #tellOthers(teller: WorkerProcess<Known>, content: unknown): void {
    for (const worker of this.workers) if (worker !== teller) worker.tell(content);
  }
}

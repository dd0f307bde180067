import type { Worker } from 'node:cluster';
import { ForeseenFailure } from '../base/foreseen-failure.ts';
import type { Answered, Asked, Duties } from './duties.ts';
import type { Order, Reply } from './message.ts';

/** The worker has ended, or is not heard of. */
export class WorkerGone extends ForeseenFailure {
  override readonly name = 'WorkerGone';
}

interface Question {
  resolve(content: unknown): void;
  reject(reason: Error): void;
}

/** One process of a pool, as the main process sees it. */
export class WorkerProcess<Known extends Duties<Known>> {
  readonly number: number;
  /** Resolves with how it ended, when it has. */
  readonly ended: Promise<string>;
  readonly #worker: Worker;
  readonly #questions = new Map<number, Question>();
  #lastId = 0;

  /** @param onNews called with what it tells the others */
  constructor(worker: Worker, number: number, onNews: (content: unknown) => void) {
    this.#worker = worker;
    this.number = number;
    worker.on('message', (reply: Reply) => {
      if (reply.kind === 'news') onNews(reply.content);
      else this.#settle(reply);
    });
    // What goes wrong with the channel is told by the end of the process, or by an answer that does not come.
    worker.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      worker.once('exit', (code: number, signal: string | null) => resolve(signal ?? `exit code ${code}`));
    });
    void this.ended.then((how) => this.#giveUp(how));
  }

  get pid(): number {
    return this.#worker.process.pid ?? 0;
  }

  /**
   * @param withinMs default: for as long as it lives
   * @throws ForeseenFailure with the reason where it says no; WorkerGone where it says nothing
   */
  async ask<Name extends keyof Known & string>(
    name: Name,
    content: Asked<Known[Name]>,
    withinMs?: number,
  ): Promise<Answered<Known[Name]>> {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#questions.set(id, { resolve, reject });
    const late = (): void => reject(new WorkerGone(`worker ${this.number} has not answered for ${withinMs} ms`));
    const timer = withinMs === undefined ? undefined : setTimeout(late, withinMs);
    this.#send({ kind: 'question', id, name, content });
    try {
      return (await promise) as Answered<Known[Name]>;
    } finally {
      clearTimeout(timer);
      this.#questions.delete(id);
    }
  }

  tell(content: unknown): void {
    this.#send({ kind: 'news', content });
  }

  kill(): void {
    this.#worker.process.kill('SIGKILL');
  }

  #send(order: Order): void {
    if (this.#worker.isConnected()) this.#worker.send(order);
  }

  #settle(reply: Exclude<Reply, { readonly kind: 'news' }>): void {
    const question = this.#questions.get(reply.id);
    if (reply.kind === 'answer') question?.resolve(reply.content);
    else question?.reject(new ForeseenFailure(reply.reason));
  }

  #giveUp(how: string): void {
    const reason = new WorkerGone(`worker ${this.number} has ended (${how})`);
    for (const question of this.#questions.values()) question.reject(reason);
  }
}

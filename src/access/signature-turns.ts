import { monotonicClock } from '../base/clock.ts';
import { rejection } from '../protocol/rejection.ts';
import { refuse, type Verdict } from '../protocol/verdict.ts';
import { findSigner, type KeySet, type SignatureCheck, type VerificationKey } from '../tokens/index.ts';
import { FairQueue } from './fair-queue.ts';

export interface SignatureTurnsOptions {
  /** Milliseconds of each turn of the event loop that may go to signatures. Default 0.25: ten of RSA, but at least one. */
  readonly budgetMs?: number;
  /** Characters of the tokens of one issuer that may wait. Default 4194304 (4 MiB): five thousand ordinary tokens. */
  readonly maxWaiting?: number;
}

type Found = Verdict<VerificationKey>;

interface Waiting {
  readonly token: string;
  readonly keySet: KeySet;
  readonly check: SignatureCheck;
  readonly found: PromiseWithResolvers<Found>;
}

/**
 * Signatures of tokens that were never seen are most of what these cost to decide, so a burst of them must not hold up the
 * requests with known ones. While little is to be done they are checked at once; beyond the budget of a turn they wait for
 * the next turns. The same token is checked once, however often it is presented meanwhile.
 *
 * Not on other threads: to hand a signature over and take the answer costs this one as much time as to check it.
 */
export class SignatureTurns {
  readonly #budgetMs: number;
  readonly #queue: FairQueue<Waiting>;
  /** By the whole token. */
  readonly #waiting = new Map<string, Waiting>();
  #spentMs = 0;
  #isTurnCounted = false;

  constructor({ budgetMs = 0.25, maxWaiting = 4 * 1024 * 1024 }: SignatureTurnsOptions = {}) {
    this.#budgetMs = budgetMs;
    this.#queue = new FairQueue(maxWaiting);
  }

  /**
   * Who signed the token, among these keys. What follows from them is to be judged when that is known.
   *
   * @returns at once unless it has to wait; refused without a look where too many wait
   */
  findSigner(token: string, keySet: KeySet, check: SignatureCheck): Found | Promise<Found> {
    const same = this.#waiting.get(token);
    if (same?.keySet === keySet) return same.found.promise;
    if (this.#queue.isEmpty && this.#hasBudget) return this.#findNow(check);
    return this.#wait({ token, keySet, check, found: Promise.withResolvers() });
  }

  #wait(waiting: Waiting): Found | Promise<Found> {
    const { token, keySet, found } = waiting;
    if (!this.#queue.add(keySet, waiting, token.length)) {
      return refuse(rejection('verification_saturated', {}, { retryAfter: 1 }));
    }
    this.#waiting.set(token, waiting);
    this.#countTurn();
    return found.promise;
  }

  get #hasBudget(): boolean {
    return this.#spentMs < this.#budgetMs;
  }

  #findNow(check: SignatureCheck): Found {
    this.#countTurn();
    const start = monotonicClock();
    const found = findSigner(check);
    this.#spentMs += monotonicClock() - start;
    return found;
  }

  /** Each turn has its budget: for what was left waiting, and then for what comes with it. */
  #countTurn(): void {
    if (this.#isTurnCounted) return;
    this.#isTurnCounted = true;
    setImmediate(() => {
      this.#isTurnCounted = false;
      this.#spentMs = 0;
      this.#goOn();
    });
  }

  #goOn(): void {
    while (this.#hasBudget) {
      const next = this.#queue.take();
      if (next === undefined) return;
      if (this.#waiting.get(next.token) === next) this.#waiting.delete(next.token);
      next.found.resolve(Promise.try(() => this.#findNow(next.check)));
    }
  }
}

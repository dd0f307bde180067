import { availableParallelism } from 'node:os';
import { monotonicClock } from '../base/clock.ts';
import { rejection } from '../protocol/rejection.ts';
import { refuse, type Verdict } from '../protocol/verdict.ts';
import {
  findSigner,
  findSignerAside,
  type KeySet,
  type SignatureCheck,
  type VerificationKey,
} from '../tokens/index.ts';
import { FairQueue } from './fair-queue.ts';

export interface SignatureTurnsOptions {
  /** Milliseconds of each turn of the event loop that may go to signatures. Default 0.25: at least one, a few of RSA. */
  readonly budgetMs?: number;
  /** Signatures that are checked on other threads at once. Default: one for each other core, three at most. */
  readonly lanes?: number;
  /** Characters of the tokens of one issuer that may wait. Default 4194304 (4 MiB): five thousand ordinary tokens. */
  readonly maxWaiting?: number;
}

type Found = Verdict<VerificationKey>;

interface Waiting {
  readonly keySet: KeySet;
  readonly check: SignatureCheck;
  readonly found: PromiseWithResolvers<Found>;
}

/** Of the four threads that libuv has, one is left to everybody else. */
const mostLanes = 3;

/**
 * Signatures of tokens that were never seen cost more than all the rest of a request, so a burst of them must not hold up
 * the requests with known ones. While little is to be done they are checked at once; beyond the budget of a turn they are
 * checked on other threads, or wait for the next turns. The same token is checked once, however often it is presented.
 */
export class SignatureTurns {
  readonly #budgetMs: number;
  readonly #lanes: number;
  readonly #queue: FairQueue<Waiting>;
  /** By the whole token. */
  readonly #underWay = new Map<string, Waiting>();
  #aside = 0;
  #spentMs = 0;
  #isTurnCounted = false;

  constructor({ budgetMs = 0.25, lanes = spareCores(), maxWaiting = 4 * 1024 * 1024 }: SignatureTurnsOptions = {}) {
    this.#budgetMs = budgetMs;
    this.#lanes = lanes;
    this.#queue = new FairQueue(maxWaiting);
  }

  /**
   * Who signed the token, among these keys. What follows from them is to be judged when that is known.
   *
   * @returns at once unless it has to wait; refused without a look where too many wait
   */
  findSigner(token: string, keySet: KeySet, check: SignatureCheck): Found | Promise<Found> {
    const same = this.#underWay.get(token);
    if (same?.keySet === keySet) return same.found.promise;
    if (this.#queue.isEmpty && this.#hasBudget) return this.#findHere(check);
    return this.#wait(token, { keySet, check, found: Promise.withResolvers() });
  }

  #wait(token: string, waiting: Waiting): Found | Promise<Found> {
    if (!this.#queue.add(waiting.keySet, waiting, token.length)) {
      return refuse(rejection('verification_saturated', {}, { retryAfter: 1 }));
    }
    const { promise } = waiting.found;
    this.#underWay.set(token, waiting);
    const end = (): void => {
      if (this.#underWay.get(token) === waiting) this.#underWay.delete(token);
    };
    promise.then(end, end);
    this.#fillLanes();
    this.#countTurn();
    return promise;
  }

  get #hasBudget(): boolean {
    return this.#spentMs < this.#budgetMs;
  }

  #findHere(check: SignatureCheck): Found {
    this.#countTurn();
    const start = monotonicClock();
    const found = findSigner(check);
    this.#spentMs += monotonicClock() - start;
    return found;
  }

  /** Each turn has its budget: for what comes with it, and then for what was left waiting. */
  #countTurn(): void {
    if (this.#isTurnCounted) return;
    this.#isTurnCounted = true;
    setImmediate(() => {
      this.#isTurnCounted = false;
      this.#spentMs = 0;
      while (this.#hasBudget) {
        const next = this.#queue.take();
        if (next === undefined) return;
        next.found.resolve(Promise.try(() => this.#findHere(next.check)));
      }
    });
  }

  #fillLanes(): void {
    while (this.#aside < this.#lanes) {
      const next = this.#queue.take();
      if (next === undefined) return;
      this.#aside++;
      const found = findSignerAside(next.check).finally(() => {
        this.#aside--;
        this.#fillLanes();
      });
      next.found.resolve(found);
    }
  }
}

function spareCores(): number {
  return Math.min(availableParallelism() - 1, mostLanes);
}

import type { Access, Decision } from '../access/index.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';

/** Something that a decision let in, and that has not ended since. */
export interface Reviewed {
  /** The question that was asked at the beginning. */
  judge(): Decision | Promise<Decision>;
  end(rejected: Rejection): void;
}

/** Milliseconds from a revocation to a review: those that come together have one. */
const gatherMs = 100;

/**
 * A stream of events or a WebSocket outlives the decision that let it in. So it is judged again every few seconds, and
 * at once when something was revoked; it ends when its token expires or is revoked.
 */
export class Reviews {
  readonly #everyMs: number;
  readonly #onRevocation: Access['onRevocation'];
  readonly #watched = new Set<Reviewed>();
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(everyMs: number, onRevocation: Access['onRevocation']) {
    this.#everyMs = everyMs;
    this.#onRevocation = onRevocation;
  }

  /** @returns a function that stops the watch */
  watch(reviewed: Reviewed): () => void {
    this.#watched.add(reviewed);
    this.#timer ??= setInterval(() => void this.#reviewAll(), this.#everyMs).unref();
    this.#unsubscribe ??= this.#onRevocation(() => this.#reviewSoon());
    return () => this.#forget(reviewed);
  }

  #forget(reviewed: Reviewed): void {
    this.#watched.delete(reviewed);
    if (this.#watched.size > 0) return;
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#unsubscribe?.();
    this.#timer = this.#soon = this.#unsubscribe = undefined;
  }

  #reviewSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.#reviewAll();
    }, gatherMs).unref();
  }

  async #reviewAll(): Promise<void> {
    for (const reviewed of this.#watched) {
      const refused = await refusalOf(reviewed);
      if (refused !== undefined && this.#watched.has(reviewed)) reviewed.end(refused);
    }
  }
}

async function refusalOf(reviewed: Reviewed): Promise<Rejection | undefined> {
  try {
    const decision = await reviewed.judge();
    return decision.granted ? undefined : decision.rejection;
  } catch (error) {
    return rejection('internal_error', { error: error instanceof Error ? error.message : typeof error });
  }
}

import type { Decision } from '../access/index.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';

/** Something that a decision let in, and that has not ended since. */
export interface Reviewed {
  /** The question that was asked at the beginning. */
  judge(): Decision | Promise<Decision>;
  end(rejected: Rejection): void;
}

/**
 * A stream of events or a WebSocket outlives the decision that let it in. So it is judged again every few seconds, and
 * ends when its token expires or is revoked.
 */
export class Reviews {
  readonly #everyMs: number;
  readonly #watched = new Set<Reviewed>();
  #timer: NodeJS.Timeout | undefined;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** @returns a function that stops the watch */
  watch(reviewed: Reviewed): () => void {
    this.#watched.add(reviewed);
    this.#timer ??= setInterval(() => void this.#reviewAll(), this.#everyMs).unref();
    return () => this.#forget(reviewed);
  }

  #forget(reviewed: Reviewed): void {
    this.#watched.delete(reviewed);
    if (this.#watched.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
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

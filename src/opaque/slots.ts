/** Whose turn comes first: that of a token that was good before, whatever a stranger brings. */
export type Standing = 'known' | 'stranger';

/** Lets so many in at once; as many again of each standing may wait for their turn, in order, for so long. */
export class Slots {
  readonly #capacity: number;
  readonly #patience: number;
  readonly #queues = { known: new Set<Settle>(), stranger: new Set<Settle>() } satisfies Record<Standing, unknown>;
  #taken = 0;

  /** @param patience milliseconds */
  constructor(capacity: number, patience: number) {
    this.#capacity = capacity;
    this.#patience = patience;
  }

  get taken(): number {
    return this.#taken;
  }

  get waiting(): number {
    return this.#queues.known.size + this.#queues.stranger.size;
  }

  /** @returns whether there is a slot; it must then be given back */
  async take(standing: Standing): Promise<boolean> {
    if (this.#taken < this.#capacity) {
      this.#taken++;
      return true;
    }
    const queue = this.#queues[standing];
    return queue.size < this.#capacity && this.#waitIn(queue);
  }

  /** The slot goes to whoever has waited longest among the known, then among strangers. */
  giveBack(): void {
    const [next] = this.#queues.known.size > 0 ? this.#queues.known : this.#queues.stranger;
    if (next === undefined) this.#taken--;
    else next(true);
  }

  #waitIn(queue: Set<Settle>): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (admitted: boolean): void => {
        clearTimeout(timer);
        queue.delete(settle);
        resolve(admitted);
      };
      const timer = setTimeout(settle, this.#patience, false);
      queue.add(settle);
    });
  }
}

type Settle = (admitted: boolean) => void;

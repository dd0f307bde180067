/** Lets so many in at once; as many again may wait for their turn, in order, for so long. */
export class Slots {
  readonly #capacity: number;
  readonly #patience: number;
  readonly #queue = new Set<(admitted: boolean) => void>();
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
    return this.#queue.size;
  }

  /** @returns whether there is a slot; it must then be given back */
  async take(): Promise<boolean> {
    if (this.#taken < this.#capacity) {
      this.#taken++;
      return true;
    }
    if (this.#queue.size >= this.#capacity) return false;
    return this.#wait();
  }

  /** The slot goes to whoever has waited longest. */
  giveBack(): void {
    const [next] = this.#queue;
    if (next === undefined) this.#taken--;
    else next(true);
  }

  #wait(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (admitted: boolean): void => {
        clearTimeout(timer);
        this.#queue.delete(settle);
        resolve(admitted);
      };
      const timer = setTimeout(settle, this.#patience, false);
      this.#queue.add(settle);
    });
  }
}

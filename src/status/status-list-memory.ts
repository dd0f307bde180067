import type { EpochMs } from '../base/clock.ts';

/** What takes up room. */
export interface Remembered {
  /** Bytes. */
  readonly weight: number;
  readonly lastUsed: EpochMs;
  /** Gives the room back, for good. */
  drop(): void;
}

/** The room that the status lists of all issuers share. Where it is used up, those go that were not used for longest. */
export class StatusListMemory {
  readonly #capacity: number;
  /** With what each weighed when it was looked at last. */
  readonly #weights = new Map<Remembered, number>();
  #weight = 0;

  /** @param capacity bytes */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#weights.size;
  }

  /** Bytes. */
  get weight(): number {
    return this.#weight;
  }

  /** Of what is new, or has grown; it stays in any case. */
  admit(admitted: Remembered): void {
    this.forget(admitted);
    this.#weights.set(admitted, admitted.weight);
    this.#weight += admitted.weight;
    if (this.#weight > this.#capacity) this.#makeRoom(admitted);
  }

  forget(remembered: Remembered): void {
    this.#weight -= this.#weights.get(remembered) ?? 0;
    this.#weights.delete(remembered);
  }

  /** A quarter more than needed, so that not every list that comes has all of them looked through. */
  #makeRoom(admitted: Remembered): void {
    const longestUnused = [...this.#weights.keys()].sort((one, other) => one.lastUsed - other.lastUsed);
    for (const each of longestUnused) {
      if (this.#weight <= this.#capacity * 0.75) return;
      if (each === admitted) continue;
      this.forget(each);
      each.drop();
    }
  }
}

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
  readonly #remembered = new Set<Remembered>();

  /** @param capacity bytes */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#remembered.size;
  }

  /** Bytes. */
  get weight(): number {
    let weight = 0;
    for (const each of this.#remembered) weight += each.weight;
    return weight;
  }

  /** Of what is new, or has grown; it stays in any case. */
  admit(admitted: Remembered): void {
    this.#remembered.add(admitted);
    let weight = this.weight;
    if (weight <= this.#capacity) return;
    // A quarter more than needed, so that not every list that comes has all of them looked through.
    const longestUnused = [...this.#remembered].sort((one, other) => one.lastUsed - other.lastUsed);
    for (const each of longestUnused) {
      if (weight <= this.#capacity * 0.75) return;
      if (each === admitted) continue;
      weight -= each.weight;
      this.forget(each);
      each.drop();
    }
  }

  forget(remembered: Remembered): void {
    this.#remembered.delete(remembered);
  }
}

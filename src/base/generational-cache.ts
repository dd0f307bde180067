/**
 * A cache bounded by weight. Two generations: what is used moves to the young one, and when that is full the old one
 * is dropped whole. A hit in the young generation changes nothing, so the common path costs one map lookup.
 */
export class GenerationalCache<Value> {
  readonly #capacity: number;
  readonly #weigh: (key: string, value: Value) => number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();
  #youngWeight = 0;

  /**
   * @param capacity the most that both generations may weigh together, in the unit of `weigh`
   * @param weigh    what an entry weighs, for instance an estimate of its bytes
   */
  constructor(capacity: number, weigh: (key: string, value: Value) => number) {
    this.#capacity = capacity;
    this.#weigh = weigh;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: string): Value | undefined {
    const value = this.#young.get(key);
    if (value !== undefined) return value;
    const survivor = this.#old.get(key);
    if (survivor !== undefined) this.set(key, survivor);
    return survivor;
  }

  /** An entry that weighs more than half of the capacity is not kept. */
  set(key: string, value: Value): void {
    this.delete(key);
    const weight = this.#weigh(key, value);
    const limit = this.#capacity / 2;
    if (weight > limit) return;
    if (this.#youngWeight + weight > limit) this.#retire();
    this.#young.set(key, value);
    this.#youngWeight += weight;
  }

  delete(key: string): void {
    this.#old.delete(key);
    const value = this.#young.get(key);
    if (value === undefined) return;
    this.#young.delete(key);
    this.#youngWeight -= this.#weigh(key, value);
  }

  /** What is kept, in no order. */
  *values(): Generator<Value> {
    yield* this.#young.values();
    yield* this.#old.values();
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#youngWeight = 0;
  }

  #retire(): void {
    this.#old = this.#young;
    this.#young = new Map();
    this.#youngWeight = 0;
  }
}

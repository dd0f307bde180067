import { Segments } from './segments.ts';

/**
 * The buckets of a hash table that grows by linear hashing (Litwin, VLDB 1980): one bucket at a time, which takes over
 * its part of one other. So no insertion waits for a table to be copied, and no two tables ever stand side by side.
 */
export class Buckets {
  readonly #firsts = new Segments(4);
  /** All ones, as many as it takes to number the buckets. */
  #mask = 0;

  constructor() {
    this.add();
  }

  get length(): number {
    return this.#firsts.length;
  }

  /** The bucket in which a hash belongs: by as many of its low bits as there are buckets for. */
  of(hash: number): number {
    const bucket = hash & this.#mask;
    return bucket < this.length ? bucket : bucket & (this.#mask >>> 1);
  }

  /** The link to what is first in a bucket; 0 where it is empty. */
  first(bucket: number): number {
    return this.#firsts.at(bucket).getUint32(this.#firsts.offset(bucket));
  }

  setFirst(bucket: number, first: number): void {
    this.#firsts.at(bucket).setUint32(this.#firsts.offset(bucket), first);
  }

  /** Adds an empty bucket; returns the one that holds what now belongs in it. */
  add(): number {
    const bucket = this.#firsts.push();
    this.setFirst(bucket, 0);
    this.#number();
    return bucket & (this.#mask >>> 1);
  }

  /** Removes the last bucket: what is in it belongs in another now. */
  removeLast(): void {
    this.#firsts.pop();
    this.#number();
  }

  #number(): void {
    this.#mask = 2 ** (32 - Math.clz32(this.length - 1)) - 1;
  }
}

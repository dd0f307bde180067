import { randomBytes } from 'node:crypto';
import type { EpochMs } from '../base/clock.ts';
import { Buckets } from './buckets.ts';
import { type RevocationRecord, RevocationRecords } from './revocation-records.ts';

/** Two: so that one look at a bucket is mostly enough to know that nothing is there. */
const bucketsPerRecord = 2;

/** A step of a purge takes a few milliseconds at most. */
const recordsPerStep = 4096;

/**
 * A hash table from SHA-256 digests to cut-offs: exact, since whole digests are compared, and lean, at 60 bytes an entry
 * whatever its size. The records of a bucket are a chain; a link is the index of a record plus one, or 0 at the end.
 */
export class DigestTable {
  readonly #records = new RevocationRecords();
  readonly #buckets = new Buckets();
  readonly #digest = new DataView(new ArrayBuffer(32));
  readonly #digestBytes = Buffer.from(this.#digest.buffer);
  /** Secret multipliers, so that nobody can choose values that crowd into one place. */
  readonly #multipliers = [randomBytes(4).readUInt32LE() | 1, randomBytes(4).readUInt32LE() | 1] as const;

  get size(): number {
    return this.#records.length;
  }

  /**
   * Cut-offs of the same digest stand side by side where one reaches further and the other lasts longer: each is
   * dropped at its own time. What reaches no further and lasts no longer adds nothing.
   */
  add(hex: string, record: RevocationRecord): void {
    const chain = this.#chainOf(hex);
    const covered = this.#find(
      chain,
      ({ before, expiresAt }) => before >= record.before && expiresAt >= record.expiresAt,
    );
    if (covered !== undefined) return;
    const outdone = this.#find(
      chain,
      ({ before, expiresAt }) => before <= record.before && expiresAt <= record.expiresAt,
    );
    if (outdone === undefined) this.#append(record);
    else this.#records.put(outdone, record);
  }

  /** The record of the digest that reaches furthest. */
  latest(hex: string): RevocationRecord | undefined {
    let latest: number | undefined;
    for (let link = this.#chainOf(hex); link !== 0; link = this.#records.next(link - 1)) {
      const index = link - 1;
      if (!this.#records.hasDigest(index, this.#digest)) continue;
      if (latest === undefined || this.#records.before(index) > this.#records.before(latest)) latest = index;
    }
    return latest === undefined ? undefined : this.#records.get(latest);
  }

  /** Drops the records whose time has come, in steps between which others may run; yields how many each step dropped. */
  *purge(now: EpochMs): Generator<number> {
    // Downwards: what moves into the place of a dropped record was looked at already, or came after the purge began.
    for (let end = this.size; end > 0; end -= recordsPerStep) {
      yield this.#purgeBetween(Math.max(0, end - recordsPerStep), Math.min(end, this.size), now);
    }
  }

  #purgeBetween(start: number, end: number, now: EpochMs): number {
    const sizeBefore = this.size;
    for (let index = end - 1; index >= start; index--) {
      if (this.#records.expiresAt(index) <= now) this.#remove(index);
    }
    return sizeBefore - this.size;
  }

  /** The index of the first record in a chain that has the digest and is wanted. */
  #find(chain: number, wanted: (record: RevocationRecord) => boolean): number | undefined {
    for (let link = chain; link !== 0; link = this.#records.next(link - 1)) {
      const index = link - 1;
      if (this.#records.hasDigest(index, this.#digest) && wanted(this.#records.get(index))) return index;
    }
    return undefined;
  }

  /** Makes a digest the one that is looked for; returns the link to the records among which its own are. */
  #chainOf(hex: string): number {
    this.#digestBytes.write(hex, 'hex');
    return this.#buckets.first(this.#buckets.of(this.#hash(this.#digest.getUint32(0), this.#digest.getUint32(4))));
  }

  /** Appends a record for the digest that is looked for. */
  #append(record: RevocationRecord): void {
    this.#records.push(this.#digest, record);
    this.#enter(this.size - 1);
    while (this.#buckets.length < this.size * bucketsPerRecord) this.#split();
  }

  #remove(index: number): void {
    this.#redirect(index, this.#records.next(index));
    const last = this.size - 1;
    if (index !== last) this.#redirect(last, index + 1);
    this.#records.moveLastTo(index);
    while (this.#buckets.length > Math.max(1, this.size * bucketsPerRecord)) this.#merge();
  }

  /** Makes a record the first of its bucket. */
  #enter(index: number): void {
    const bucket = this.#bucketOf(index);
    this.#records.setNext(index, this.#buckets.first(bucket));
    this.#buckets.setFirst(bucket, index + 1);
  }

  /** Makes the link that leads to a record lead elsewhere. */
  #redirect(index: number, to: number): void {
    const bucket = this.#bucketOf(index);
    let from = 0;
    for (let link = this.#buckets.first(bucket); link !== index + 1; link = this.#records.next(link - 1)) from = link;
    if (from === 0) this.#buckets.setFirst(bucket, to);
    else this.#records.setNext(from - 1, to);
  }

  #split(): void {
    const parent = this.#buckets.add();
    const chain = this.#buckets.first(parent);
    this.#buckets.setFirst(parent, 0);
    this.#enterAll(chain);
  }

  #merge(): void {
    const chain = this.#buckets.first(this.#buckets.length - 1);
    this.#buckets.removeLast();
    this.#enterAll(chain);
  }

  /** Makes the records of a chain members of the buckets where they belong now. */
  #enterAll(chain: number): void {
    let link = chain;
    while (link !== 0) {
      const index = link - 1;
      link = this.#records.next(index);
      this.#enter(index);
    }
  }

  #bucketOf(index: number): number {
    return this.#buckets.of(this.#hash(this.#records.word(index, 0), this.#records.word(index, 1)));
  }

  /** Its low bits depend on all bits of both words. */
  #hash(first: number, second: number): number {
    const [a, b] = this.#multipliers;
    const product = Math.imul(first, a) + Math.imul(second, b);
    return product ^ (product >>> 16);
  }
}

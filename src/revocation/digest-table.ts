import { randomBytes } from 'node:crypto';
import type { EpochMs } from '../base/clock.ts';
import { type RevocationRecord, RevocationRecords } from './revocation-records.ts';

/** Slots, always a power of two: filled to between a quarter and three quarters, and to at most a half when resized. */
const smallest = 16;

/** A step of a purge takes a few milliseconds at most. */
const recordsPerStep = 8192;

/**
 * A hash table from SHA-256 digests to cut-offs: exact, since whole digests are compared, and lean, at 53 to 64 bytes
 * an entry. Open addressing with linear probing; a slot holds the index of a record plus one, or 0.
 */
export class DigestTable {
  readonly #records = new RevocationRecords();
  readonly #digest = new DataView(new ArrayBuffer(32));
  readonly #digestBytes = Buffer.from(this.#digest.buffer);
  /** Secret multipliers, so that nobody can choose values that crowd into one place. */
  readonly #multipliers = [randomBytes(4).readUInt32LE() | 1, randomBytes(4).readUInt32LE() | 1] as const;
  #slots = new Uint32Array(smallest);

  get size(): number {
    return this.#records.length;
  }

  /**
   * Cut-offs of the same digest stand side by side where one reaches further and the other lasts longer: each is
   * dropped at its own time. What reaches no further and lasts no longer adds nothing.
   */
  add(hex: string, record: RevocationRecord): void {
    const covered = this.#search(hex, (known) => known.before >= record.before && known.expiresAt >= record.expiresAt);
    if (covered !== undefined) return;
    const outdone = this.#search(hex, (known) => known.before <= record.before && known.expiresAt <= record.expiresAt);
    if (outdone === undefined) this.#append(record);
    else this.#records.put(outdone, record);
  }

  /** The record of the digest that reaches furthest. */
  latest(hex: string): RevocationRecord | undefined {
    let latest: RevocationRecord | undefined;
    this.#search(hex, (known) => {
      if (latest === undefined || known.before > latest.before) latest = known;
      return false;
    });
    return latest;
  }

  /** Drops the records whose time has come, in steps between which others may run; yields how many each step dropped. */
  *purge(now: EpochMs): Generator<number> {
    // Downwards: what moves into the place of a dropped record was looked at already, or came after the purge began.
    for (let end = this.size; end > 0; end -= recordsPerStep) {
      yield this.#purgeBetween(Math.max(0, end - recordsPerStep), Math.min(end, this.size), now);
    }
    if (this.size < this.#slots.length / 4) this.#resize();
  }

  #purgeBetween(start: number, end: number, now: EpochMs): number {
    const sizeBefore = this.size;
    for (let index = end - 1; index >= start; index--) {
      if (this.#records.expiresAt(index) <= now) this.#remove(index);
    }
    return sizeBefore - this.size;
  }

  /** The index of the first record of the digest that is wanted. */
  #search(hex: string, wanted: (record: RevocationRecord) => boolean): number | undefined {
    this.#digestBytes.write(hex, 'hex');
    let slot = this.#home(this.#digest.getUint32(0), this.#digest.getUint32(4));
    for (let taken = this.#at(slot); taken !== 0; taken = this.#at(slot)) {
      const index = taken - 1;
      if (this.#records.hasDigest(index, this.#digest) && wanted(this.#records.get(index))) return index;
      slot = this.#after(slot);
    }
    return undefined;
  }

  /** Appends a record for the digest that was searched last. */
  #append(record: RevocationRecord): void {
    this.#records.push(this.#digest, record);
    if (this.size > this.#slots.length * 0.75) this.#resize();
    else this.#occupy(this.size - 1);
  }

  #remove(index: number): void {
    this.#vacate(this.#slotOf(index));
    const last = this.size - 1;
    if (index !== last) this.#slots[this.#slotOf(last)] = index + 1;
    this.#records.moveLastTo(index);
  }

  /** Closes the gap, so that no probe ends too early: what stood behind it moves up, but never before its home. */
  #vacate(slot: number): void {
    const mask = this.#slots.length - 1;
    let gap = slot;
    for (let next = this.#after(gap); this.#at(next) !== 0; next = this.#after(next)) {
      const home = this.#homeOf(this.#at(next) - 1);
      if (((next - home) & mask) < ((next - gap) & mask)) continue;
      this.#slots[gap] = this.#at(next);
      gap = next;
    }
    this.#slots[gap] = 0;
  }

  #resize(): void {
    let capacity = smallest;
    while (capacity / 2 < this.size) capacity *= 2;
    this.#slots = new Uint32Array(capacity);
    for (let index = 0; index < this.size; index++) this.#occupy(index);
  }

  #occupy(index: number): void {
    let slot = this.#homeOf(index);
    while (this.#at(slot) !== 0) slot = this.#after(slot);
    this.#slots[slot] = index + 1;
  }

  #slotOf(index: number): number {
    let slot = this.#homeOf(index);
    while (this.#at(slot) !== index + 1) slot = this.#after(slot);
    return slot;
  }

  #homeOf(index: number): number {
    return this.#home(this.#records.word(index, 0), this.#records.word(index, 1));
  }

  #home(first: number, second: number): number {
    const [a, b] = this.#multipliers;
    return (Math.imul(first, a) + Math.imul(second, b)) >>> (Math.clz32(this.#slots.length) + 1);
  }

  #after(slot: number): number {
    return (slot + 1) & (this.#slots.length - 1);
  }

  #at(slot: number): number {
    return this.#slots[slot] ?? 0;
  }
}

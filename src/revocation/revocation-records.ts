import type { EpochMs, NumericDate } from '../base/clock.ts';

/** Bytes: a digest of 32, a sequence number and an expiry of 6 each, a cut-off of 4. */
const recordBytes = 48;
const digestWords = 8;
const seqAt = 32;
const expiresAtAt = 38;
const cutOffAt = 44;

/** So small that many issuers with few entries cost little, so large that its own overhead vanishes. */
const recordsPerChunk = 1024;

/** The greatest cut-off: kills whenever a token was issued. A second of the year 2106, which no entry can name. */
export const always: NumericDate = 0xffff_ffff;

export interface RevocationRecord {
  readonly seq: number;
  readonly before: NumericDate;
  readonly expiresAt: EpochMs;
}

/** An array of fixed-width records outside the JavaScript heap, growing in chunks so that nothing is ever copied. */
export class RevocationRecords {
  readonly #chunks: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(digest: Buffer, record: RevocationRecord): void {
    if (this.#length === this.#chunks.length * recordsPerChunk) {
      this.#chunks.push(Buffer.alloc(recordsPerChunk * recordBytes));
    }
    const index = this.#length++;
    digest.copy(this.#chunk(index), at(index));
    this.put(index, record);
  }

  put(index: number, { seq, before, expiresAt }: RevocationRecord): void {
    const chunk = this.#chunk(index);
    chunk.writeUIntLE(seq, at(index) + seqAt, 6);
    chunk.writeUIntLE(expiresAt, at(index) + expiresAtAt, 6);
    chunk.writeUInt32LE(before, at(index) + cutOffAt);
  }

  get(index: number): RevocationRecord {
    const chunk = this.#chunk(index);
    const seq = chunk.readUIntLE(at(index) + seqAt, 6);
    const before = chunk.readUInt32LE(at(index) + cutOffAt);
    return { seq, before, expiresAt: this.expiresAt(index) };
  }

  expiresAt(index: number): EpochMs {
    return this.#chunk(index).readUIntLE(at(index) + expiresAtAt, 6);
  }

  /** The n-th 32 bits of a record's digest. */
  word(index: number, n: number): number {
    return this.#chunk(index).readUInt32LE(at(index) + n * 4);
  }

  hasDigest(index: number, digest: Buffer): boolean {
    for (let n = 0; n < digestWords; n++) {
      if (this.word(index, n) !== digest.readUInt32LE(n * 4)) return false;
    }
    return true;
  }

  /** Removes a record by moving the last one into its place. */
  moveLastTo(index: number): void {
    const last = --this.#length;
    this.#chunk(last).copy(this.#chunk(index), at(index), at(last), at(last) + recordBytes);
    const needed = Math.ceil(this.#length / recordsPerChunk);
    if (this.#chunks.length > needed + 1) this.#chunks.length = needed + 1;
  }

  #chunk(index: number): Buffer {
    const chunk = this.#chunks[Math.floor(index / recordsPerChunk)];
    if (chunk === undefined) throw new RangeError(`There is no record ${index} of ${this.#length}.`);
    return chunk;
  }
}

/** Where in its chunk a record begins. */
function at(index: number): number {
  return (index % recordsPerChunk) * recordBytes;
}

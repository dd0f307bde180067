import type { EpochMs, NumericDate } from '../base/clock.ts';

/** Bytes: a digest of 32, a sequence number and an expiry of 6 each, a cut-off of 4. */
const recordBytes = 48;
const digestWords = 8;
const seqAt = 32;
const expiresAtAt = 38;
const cutOffAt = 44;

/** 1024 records: so few that issuers with few entries cost little, so many that a chunk's own overhead vanishes. */
const chunkBits = 10;
const indexMask = 2 ** chunkBits - 1;

/** The greatest cut-off: kills whenever a token was issued. A second of the year 2106, which no entry can name. */
export const always: NumericDate = 0xffff_ffff;

export interface RevocationRecord {
  readonly seq: number;
  readonly before: NumericDate;
  readonly expiresAt: EpochMs;
}

/** An array of fixed-width records outside the JavaScript heap, growing in chunks so that nothing is ever copied. */
export class RevocationRecords {
  readonly #chunks: DataView[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(digest: DataView, record: RevocationRecord): void {
    const index = this.#length++;
    if (index >>> chunkBits === this.#chunks.length) {
      this.#chunks.push(new DataView(new ArrayBuffer(recordBytes << chunkBits)));
    }
    const chunk = this.#chunk(index);
    for (let n = 0; n < digestWords; n++) chunk.setUint32(at(index) + n * 4, digest.getUint32(n * 4));
    this.put(index, record);
  }

  put(index: number, { seq, before, expiresAt }: RevocationRecord): void {
    const chunk = this.#chunk(index);
    setUint48(chunk, at(index) + seqAt, seq);
    setUint48(chunk, at(index) + expiresAtAt, expiresAt);
    chunk.setUint32(at(index) + cutOffAt, before);
  }

  get(index: number): RevocationRecord {
    const chunk = this.#chunk(index);
    const seq = getUint48(chunk, at(index) + seqAt);
    const before = chunk.getUint32(at(index) + cutOffAt);
    return { seq, before, expiresAt: this.expiresAt(index) };
  }

  expiresAt(index: number): EpochMs {
    return getUint48(this.#chunk(index), at(index) + expiresAtAt);
  }

  /** The n-th 32 bits of a record's digest. */
  word(index: number, n: number): number {
    return this.#chunk(index).getUint32(at(index) + n * 4);
  }

  hasDigest(index: number, digest: DataView): boolean {
    const chunk = this.#chunk(index);
    for (let n = 0; n < digestWords; n++) {
      if (chunk.getUint32(at(index) + n * 4) !== digest.getUint32(n * 4)) return false;
    }
    return true;
  }

  /** Removes a record by moving the last one into its place. */
  moveLastTo(index: number): void {
    const last = --this.#length;
    const [from, to] = [this.#chunk(last), this.#chunk(index)];
    for (let n = 0; n < recordBytes; n += 4) to.setUint32(at(index) + n, from.getUint32(at(last) + n));
    const needed = (this.#length >>> chunkBits) + 1;
    if (this.#chunks.length > needed) this.#chunks.length = needed;
  }

  #chunk(index: number): DataView {
    const chunk = this.#chunks[index >>> chunkBits];
    if (chunk === undefined) throw new RangeError(`There is no record ${index} of ${this.#length}.`);
    return chunk;
  }
}

/** Where in its chunk a record begins. */
function at(index: number): number {
  return (index & indexMask) * recordBytes;
}

function getUint48(view: DataView, offset: number): number {
  return view.getUint16(offset) * 2 ** 32 + view.getUint32(offset + 2);
}

function setUint48(view: DataView, offset: number, value: number): void {
  view.setUint16(offset, Math.floor(value / 2 ** 32));
  view.setUint32(offset + 2, value % 2 ** 32);
}

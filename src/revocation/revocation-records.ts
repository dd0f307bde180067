import type { EpochMs, NumericDate } from '../base/clock.ts';
import { Segments } from './segments.ts';

/**
 * Bytes: a link of 4, a digest of 32, a sequence number and an expiry of 6 each, a cut-off of 4. Whoever looks for another
 * digest reads only the beginning.
 */
const recordBytes = 52;
const nextAt = 0;
const digestAt = 4;
const digestWords = 8;
const seqAt = 36;
const expiresAtAt = 42;
const cutOffAt = 48;

/** The greatest cut-off: kills whenever a token was issued. A second of the year 2106, which no entry can name. */
export const always: NumericDate = 0xffff_ffff;

export interface RevocationRecord {
  readonly seq: number;
  readonly before: NumericDate;
  readonly expiresAt: EpochMs;
}

/** Records of fixed width, each of which may be linked to another. */
export class RevocationRecords {
  readonly #segments = new Segments(recordBytes);

  get length(): number {
    return this.#segments.length;
  }

  push(digest: DataView, record: RevocationRecord): void {
    const index = this.#segments.push();
    const [segment, offset] = [this.#segments.at(index), this.#segments.offset(index)];
    for (let n = 0; n < digestWords; n++) segment.setUint32(offset + digestAt + n * 4, digest.getUint32(n * 4));
    this.put(index, record);
  }

  put(index: number, { seq, before, expiresAt }: RevocationRecord): void {
    const [segment, offset] = [this.#segments.at(index), this.#segments.offset(index)];
    setUint48(segment, offset + seqAt, seq);
    setUint48(segment, offset + expiresAtAt, expiresAt);
    segment.setUint32(offset + cutOffAt, before);
  }

  get(index: number): RevocationRecord {
    const seq = getUint48(this.#segments.at(index), this.#segments.offset(index) + seqAt);
    return { seq, before: this.before(index), expiresAt: this.expiresAt(index) };
  }

  before(index: number): NumericDate {
    return this.#segments.at(index).getUint32(this.#segments.offset(index) + cutOffAt);
  }

  expiresAt(index: number): EpochMs {
    return getUint48(this.#segments.at(index), this.#segments.offset(index) + expiresAtAt);
  }

  /** What the record is linked to: the index of another plus one, or 0. */
  next(index: number): number {
    return this.#segments.at(index).getUint32(this.#segments.offset(index) + nextAt);
  }

  setNext(index: number, next: number): void {
    this.#segments.at(index).setUint32(this.#segments.offset(index) + nextAt, next);
  }

  /** The n-th 32 bits of a record's digest. */
  word(index: number, n: number): number {
    return this.#segments.at(index).getUint32(this.#segments.offset(index) + digestAt + n * 4);
  }

  hasDigest(index: number, digest: DataView): boolean {
    const [segment, offset] = [this.#segments.at(index), this.#segments.offset(index)];
    for (let n = 0; n < digestWords; n++) {
      if (segment.getUint32(offset + digestAt + n * 4) !== digest.getUint32(n * 4)) return false;
    }
    return true;
  }

  /** Removes a record by moving the last one, with its link, into its place. */
  moveLastTo(index: number): void {
    const last = this.length - 1;
    const [from, start] = [this.#segments.at(last), this.#segments.offset(last)];
    const [to, offset] = [this.#segments.at(index), this.#segments.offset(index)];
    for (let n = 0; n < recordBytes; n += 4) to.setUint32(offset + n, from.getUint32(start + n));
    this.#segments.pop();
  }
}

function getUint48(view: DataView, offset: number): number {
  return view.getUint16(offset) * 2 ** 32 + view.getUint32(offset + 2);
}

function setUint48(view: DataView, offset: number, value: number): void {
  view.setUint16(offset, Math.floor(value / 2 ** 32));
  view.setUint32(offset + 2, value % 2 ** 32);
}

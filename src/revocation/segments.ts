/** 1024 items: so few that to make room for them keeps nobody waiting, so many that what a buffer takes itself vanishes. */
const segmentBits = 10;
const segmentItems = 2 ** segmentBits;

/** The first segment begins with so many, and doubles until it is as long as the others: short arrays cost little. */
const fewestItems = 8;

/**
 * An array of items of fixed width outside the JavaScript heap. It grows and shrinks by segments, so that it is never
 * copied as a whole and leaves nothing behind.
 */
export class Segments {
  readonly #itemBytes: number;
  readonly #segments: DataView<ArrayBuffer>[] = [];
  #length = 0;

  constructor(itemBytes: number) {
    this.#itemBytes = itemBytes;
  }

  get length(): number {
    return this.#length;
  }

  /** The segment in which an item lies, at its `offset`. */
  at(index: number): DataView {
    const segment = this.#segments[index >>> segmentBits];
    if (segment === undefined) throw new RangeError(`There is no item ${index} of ${this.#length}.`);
    return segment;
  }

  offset(index: number): number {
    return (index & (segmentItems - 1)) * this.#itemBytes;
  }

  /** Appends an item, of whatever bytes were there before; returns its index. */
  push(): number {
    const index = this.#length++;
    if (index < segmentItems) this.#makeRoomInFirst(index + 1);
    else if (index >>> segmentBits === this.#segments.length) this.#segments.push(this.#segmentOf(segmentItems));
    return index;
  }

  /** Removes the last item. An empty segment stays at hand, for what comes and goes at its edge. */
  pop(): void {
    const needed = (--this.#length >>> segmentBits) + 1;
    if (this.#segments.length > needed) this.#segments.length = needed;
  }

  #makeRoomInFirst(items: number): void {
    const { buffer, byteLength } = this.#segments[0] ?? this.#segmentOf(fewestItems);
    const isFull = items * this.#itemBytes > byteLength;
    if (isFull) this.#segments[0] = new DataView(buffer.transfer(2 * byteLength));
    else if (items === 1) this.#segments[0] = new DataView(buffer);
  }

  #segmentOf(items: number): DataView<ArrayBuffer> {
    return new DataView(new ArrayBuffer(items * this.#itemBytes));
  }
}

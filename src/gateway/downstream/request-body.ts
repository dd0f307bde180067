import type { BodyEvents } from '../http1/body-reader.ts';

/** The rest of the body will not come, or cannot be read. */
export class BodyUnreadable extends Error {
  override readonly name = 'BodyUnreadable';
}

/** Where the bytes come from, as far as a body has to know it. */
export interface BodySource {
  pause(): void;
  resume(): void;
}

/** Bytes that may wait for a reader before the client is held back. */
const heldAtMost = 64 * 1024;

/** A request's body, from the connection that it comes over to whoever reads it. */
export class RequestBody implements BodyEvents {
  readonly #source: BodySource;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #isComplete = false;
  #isUnwanted = false;
  #failure: BodyUnreadable | undefined;
  #wake: (() => void) | undefined;

  constructor(source: BodySource) {
    this.#source = source;
  }

  /** Whether all of it has come. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  onBody(bytes: Buffer): void {
    if (this.#isUnwanted) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > heldAtMost) this.#source.pause();
    this.#wake?.();
  }

  onEnd(): void {
    this.#isComplete = true;
    this.#wake?.();
  }

  fail(reason: string): void {
    if (this.#isComplete) return;
    this.#failure ??= new BodyUnreadable(reason);
    this.#wake?.();
  }

  /** Nobody reads on: what still comes is let go. */
  drop(): void {
    this.#isUnwanted = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#source.resume();
  }

  /** @throws BodyUnreadable */
  async *read(): AsyncGenerator<Buffer> {
    for (;;) {
      const piece = this.#waiting.shift();
      if (piece !== undefined) {
        this.#waitingBytes -= piece.length;
        if (this.#waiting.length === 0) this.#source.resume();
        yield piece;
      } else if (this.#failure !== undefined) throw this.#failure;
      else if (this.#isComplete) return;
      else await this.#more();
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }
}

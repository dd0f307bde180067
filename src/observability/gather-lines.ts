import type { DestinationStream } from 'pino';

/** Bytes. */
const usualMost = 64 * 1024;
/** Milliseconds that a line waits for others. */
const gatherMs = 10;

export interface LineStream extends DestinationStream {
  /** Writes what is held. What comes later is written at once. */
  close(): void;
}

/**
 * Lines that come within ten milliseconds leave in one write. A program that ends, even by an error that nobody caught,
 * writes what it holds; one that is killed loses the lines of its last ten milliseconds, and no others.
 *
 * @param most bytes of one write, unless a line is longer
 */
export function gatherLines(stream: DestinationStream, most = usualMost): LineStream {
  let held = '';
  let bytes = 0;
  let isClosed = false;
  const flush = (): void => {
    const lines = held;
    held = '';
    bytes = 0;
    if (lines !== '') stream.write(lines);
  };
  // The stream has a listener of its own, which writes what it was given so far: it must not be the first.
  process.prependListener('exit', flush);
  return {
    write(line) {
      const length = Buffer.byteLength(line);
      if (bytes + length > most) flush();
      if (held === '') setTimeout(flush, gatherMs).unref();
      held += line;
      bytes += length;
      if (isClosed || bytes >= most) flush();
    },
    close() {
      isClosed = true;
      process.off('exit', flush);
      flush();
    },
  };
}

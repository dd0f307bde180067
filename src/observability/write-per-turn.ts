import type { DestinationStream } from 'pino';

/** Bytes. */
const usualMost = 64 * 1024;

export interface TurnStream extends DestinationStream {
  /** Writes what is held. What comes later is written at once. */
  close(): void;
}

/**
 * The lines of one turn of the event loop leave in one write, at its end. A program that ends, even by an error that
 * nobody caught, writes what it holds; one that is killed loses the lines of the turn it was in, and no others.
 *
 * @param most bytes of one write, unless a line is longer
 */
export function writePerTurn(stream: DestinationStream, most = usualMost): TurnStream {
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
      if (held === '') setImmediate(flush);
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

import type { DestinationStream } from 'pino';

/** Characters; more than that is not held back. */
const heldAtMost = 64 * 1024;

export interface TurnStream extends DestinationStream {
  /** Writes what is held. What comes later is written at once. */
  close(): void;
}

/**
 * The lines of one turn of the event loop leave in one write, at its end. A program that ends, even by an error that
 * nobody caught, writes what it holds; one that is killed loses the lines of the turn it was in, and no others.
 */
export function writePerTurn(stream: DestinationStream): TurnStream {
  let held = '';
  let isClosed = false;
  const flush = (): void => {
    const lines = held;
    held = '';
    if (lines !== '') stream.write(lines);
  };
  process.on('exit', flush);
  return {
    write(line) {
      if (held === '') setImmediate(flush);
      held += line;
      if (isClosed || held.length >= heldAtMost) flush();
    },
    close() {
      isClosed = true;
      process.off('exit', flush);
      flush();
    },
  };
}

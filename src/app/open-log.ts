import { openSync } from 'node:fs';
import { destination } from 'pino';
import { gatherLines, type LineStream } from '../observability/index.ts';
import { StartupFailure } from './listener.ts';

/**
 * Bytes: writes of up to that many keep together in a pipe, even in one that is full (POSIX, PIPE_BUF), and so do the
 * lines of several processes.
 */
const togetherInPipe = 4096;

/** Where the lines of all processes go. */
export interface LogOutput {
  readonly descriptor: number;
  readonly stream: LineStream;
}

/**
 * @param isShared whether several processes write there
 * @param file default: standard output
 * @throws StartupFailure where the file cannot be written
 */
export function openLog(isShared: boolean, file?: string): LogOutput {
  try {
    const descriptor = file === undefined ? 1 : openSync(file, 'a', 0o600);
    return { descriptor, stream: gatherLines(destination(descriptor), isShared ? togetherInPipe : undefined) };
  } catch (error) {
    throw new StartupFailure(
      `cannot write the log: ${error instanceof Error ? error.message : error}. Remedy: let this user write there`,
    );
  }
}

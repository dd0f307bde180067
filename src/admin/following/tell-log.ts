import type { MonotonicMs } from '../../base/clock.ts';
import { isSamePosition, type LogEvent, type LogPosition, startOfLog } from '../../revocation/index.ts';
import type { LogTail } from './log-tail.ts';

/**
 * All that follows a position, and then whatever comes, as it comes. Looks no further than it is asked to, so that
 * nothing waits in memory for a reader that is slow.
 *
 * @param from undefined: a place in no history
 * @param takenAt when the request was taken
 * @param over aborted when nothing more is to be told
 */
export async function* tellLog(
  tail: LogTail,
  from: LogPosition | undefined,
  takenAt: MonotonicMs,
  over: AbortSignal,
): AsyncGenerator<LogEvent> {
  const called = new Promise<void>((resolve) => over.addEventListener('abort', () => resolve(), { once: true }));
  if (from === undefined) yield { kind: 'reset' };
  let position = from ?? startOfLog;
  while (!over.aborted) {
    const { stirring } = tail;
    const { at, page } = await tail.look(position);
    if (page === undefined) {
      yield { kind: 'reset' };
      position = startOfLog;
      continue;
    }
    if (!isSamePosition(page.position, position)) {
      yield { kind: 'entries', after: position, position: page.position, entries: page.entries };
      position = page.position;
    }
    if (!page.isLast) continue;
    yield { kind: 'head', position, elapsedMs: at - takenAt };
    await Promise.race([stirring, called]);
  }
}

import { ServerSentEventReader } from '../base/server-sent-events.ts';
import { type LogEvent, type LogPosition, readLogEvent, startOfLog, writePosition } from '../revocation/index.ts';
import type { Hub, StreamOptions } from './hub.ts';
import { HubFailure } from './hub-failure.ts';

/** Characters: the hub stays below 8 MiB for an event. */
const longestEvent = 16 * 1024 * 1024;

/**
 * What the hub says of the log after a position, until the stream ends.
 *
 * @throws HubFailure
 */
export async function* hubEvents(
  hub: Hub,
  after: LogPosition,
  options: Omit<StreamOptions, 'headers'>,
): AsyncGenerator<LogEvent> {
  const resume = after.seq === startOfLog.seq ? {} : { 'last-event-id': writePosition(after) };
  const pieces = await hub.stream('/revocations', { ...options, headers: { accept: 'text/event-stream', ...resume } });
  const reader = new ServerSentEventReader(longestEvent);
  for await (const piece of pieces) {
    if (!piece.ok) throw HubFailure.ofNet(piece.failure);
    const events = reader.read(piece.value);
    if (events === undefined) throw HubFailure.of('stream_malformed');
    for (const event of events) {
      const read = readLogEvent(event);
      if (read === undefined) throw HubFailure.of('stream_malformed', { type: event.type.slice(0, 32) });
      yield read;
    }
  }
}

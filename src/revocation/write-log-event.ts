import { writeServerSentEvent } from '../base/server-sent-events.ts';
import type { LogEvent } from './log-event.ts';
import { writePosition } from './position-text.ts';
import type { RevocationEffect } from './revocation.ts';

export function writeLogEvent(event: LogEvent): string {
  switch (event.kind) {
    case 'reset':
      // An empty id: who is cut off now asks for the start.
      return writeServerSentEvent('reset', '{}', '');
    case 'entries': {
      const data = { after: writePosition(event.after), entries: event.entries.map(wireEntry) };
      return writeServerSentEvent('entries', JSON.stringify(data), writePosition(event.position));
    }
    case 'head':
      return writeServerSentEvent(
        'head',
        JSON.stringify({ elapsed_ms: event.elapsedMs }),
        writePosition(event.position),
      );
  }
}

/** Times in milliseconds since 1970, the cut-off in seconds as `iat` has them; what is undefined is left out. */
function wireEntry({ expiresAt, seq, at, issuer, kind, value, client, before, from }: RevocationEffect): object {
  return { seq, at, issuer, kind, value, client, before, from, expires_at: expiresAt };
}

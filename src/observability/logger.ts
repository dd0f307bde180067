import { type DestinationStream, type Logger, pino } from 'pino';
import { isoNow } from './iso-time.ts';
import { maskSecrets } from './mask-secrets.ts';
import { loggable } from './redact.ts';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * One JSON object a line. Redacted twice: member by member, which knows names and bounds sizes, and the finished line
 * once more, so that nothing that looks like a token gets out by any other way (a message, the name of a member).
 *
 * @param worker what each line names, where several processes write to the same place
 */
export function createLogger(level: LogLevel, stream: DestinationStream, worker?: string): Logger {
  return pino(
    {
      level,
      base: worker === undefined ? null : { worker },
      timestamp: () => `,"time":"${isoNow()}"`,
      formatters: {
        level: (label) => ({ level: label }),
        log: loggable,
      },
      hooks: { streamWrite: maskSecrets },
    },
    stream,
  );
}

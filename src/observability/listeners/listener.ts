import type { DestinationStream, Logger } from 'pino';
import type { Metrics } from '../metrics.ts';

/**
 * Turns what a module announces into lines and counts. Returns how to stop, channel by channel.
 *
 * @param stream where the logger's lines go, for one that makes its own
 */
export type Listener = (logger: Logger, metrics: Metrics, stream: DestinationStream) => readonly (() => void)[];

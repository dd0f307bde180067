import type { Logger } from 'pino';
import type { Metrics } from '../metrics.ts';

/** Turns what a module announces into lines and counts. Returns how to stop, channel by channel. */
export type Listener = (logger: Logger, metrics: Metrics) => readonly (() => void)[];

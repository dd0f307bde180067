import { hostname } from 'node:os';
import type { Config } from '../config/index.ts';

/**
 * What this gateway is called on the roster.
 *
 * @param worker its number, where it is one of several; one that takes the place of another takes its name
 */
export function gatewayName({ gateway }: Config, worker: number | undefined): string {
  if (worker !== undefined) return `${gateway.name ?? hostname()}/${worker}`;
  return gateway.name ?? `${hostname()}-${process.pid}`;
}

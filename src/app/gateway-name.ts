import { hostname } from 'node:os';
import type { Config } from '../config/index.ts';

/** What this gateway is called on the roster. */
export function gatewayName({ gateway }: Config): string {
  return gateway.name ?? `${hostname()}-${process.pid}`;
}

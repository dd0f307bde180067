import type { Config } from './config.ts';
import { deepFreeze } from './deep-freeze.ts';
import { Secret } from './secret.ts';

declare const packed: unique symbol;

/** A configuration as it can be sent to another process of ours, secrets and all: it goes nowhere else. */
export type PackedConfig = { readonly [packed]: true };

/** A secret becomes bytes, which nothing else in a configuration is. */
export function packConfig(config: Config): PackedConfig {
  return mapLeaves(config, (leaf) => (leaf instanceof Secret ? Buffer.from(leaf.reveal()) : leaf)) as PackedConfig;
}

export function unpackConfig(config: PackedConfig): Config {
  const unpack = (leaf: unknown): unknown =>
    leaf instanceof Uint8Array ? new Secret(Buffer.from(leaf).toString()) : leaf;
  return deepFreeze(mapLeaves(config, unpack)) as Config;
}

/** Copies plain objects and lists, and maps all that is neither. */
function mapLeaves(value: unknown, map: (leaf: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, map));
  if (value === null || typeof value !== 'object' || !isPlain(value)) return map(value);
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, member] of Object.entries(value)) copy[name] = mapLeaves(member, map);
  return copy;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

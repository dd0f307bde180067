import { BlockList, isIP } from 'node:net';

/** Whether the peer at this address may say whom it speaks for. */
export type TrustedProxies = (address: string) => boolean;

/**
 * @param ranges addresses (`192.0.2.1`, `::1`) and CIDR ranges (`10.0.0.0/8`)
 * @throws TypeError where one of them is neither
 */
export function createTrustedProxies(ranges: readonly string[]): TrustedProxies {
  if (ranges.length === 0) return () => false;
  const list = new BlockList();
  for (const range of ranges) addRange(list, range);
  return (address) => list.check(address, family(address));
}

/** A dual-stack listener sees IPv4 peers as `::ffff:192.0.2.1` (RFC 4291 section 2.5.5.2). */
export function plainAddress(address: string): string {
  const mapped = address.slice(address.lastIndexOf(':') + 1);
  return address.startsWith('::ffff:') && isIP(mapped) === 4 ? mapped : address;
}

function addRange(list: BlockList, range: string): void {
  const match = /^([^/]+)(?:\/([0-9]{1,3}))?$/.exec(range);
  const address = match?.[1] ?? '';
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  const prefix = match?.[2] === undefined ? bits : Number(match[2]);
  if (version === 0 || prefix > bits) throw new TypeError(`${JSON.stringify(range)} is no address and no CIDR range`);
  list.addSubnet(address, prefix, family(address));
}

function family(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

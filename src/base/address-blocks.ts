import { BlockList, isIP } from 'node:net';

/** Whether an IP address lies in one of the blocks; what is no address lies in none. */
export type AddressBlocks = (address: string) => boolean;

interface Block {
  readonly address: string;
  readonly prefix: number;
}

/**
 * @param blocks addresses (`192.0.2.1`, `::1`) and CIDR blocks (`10.0.0.0/8`; RFC 4632 section 3.1, RFC 4291 section 2.3)
 * @throws TypeError where one of them is neither
 */
export function addressBlocks(blocks: readonly string[]): AddressBlocks {
  if (blocks.length === 0) return () => false;
  const list = new BlockList();
  for (const text of blocks) {
    const block = parseBlock(text);
    if (block === undefined) throw new TypeError(`${JSON.stringify(text)} is no address and no CIDR block`);
    list.addSubnet(block.address, block.prefix, family(block.address));
  }
  return (address) => isIP(address) !== 0 && list.check(address, family(address));
}

export function isAddressBlock(text: string): boolean {
  return parseBlock(text) !== undefined;
}

/** A dual-stack listener sees IPv4 peers as `::ffff:192.0.2.1` (RFC 4291 section 2.5.5.2). */
export function plainAddress(address: string): string {
  const mapped = address.slice(address.lastIndexOf(':') + 1);
  return address.toLowerCase().startsWith('::ffff:') && isIP(mapped) === 4 ? mapped : address;
}

function parseBlock(text: string): Block | undefined {
  const [, address = '', digits] = /^([^/]+)(?:\/([0-9]{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  const prefix = digits === undefined ? bits : Number(digits);
  return version === 0 || prefix > bits ? undefined : { address, prefix };
}

function family(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

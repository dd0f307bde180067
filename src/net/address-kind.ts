import { BlockList, isIP } from 'node:net';

/** `ordinary` is everything else, private networks included: identity providers do live inside of companies. */
export type AddressKind =
  | 'ordinary'
  | 'loopback'
  | 'unspecified'
  | 'cloud_metadata'
  | 'link_local'
  | 'multicast'
  | 'reserved';

/** In the order in which they are asked: the first that holds the address names it. */
const ranges: readonly (readonly [Exclude<AddressKind, 'ordinary'>, readonly string[]])[] = [
  ['loopback', ['127.0.0.0/8', '::1/128']],
  ['unspecified', ['0.0.0.0/8', '::/128']],
  [
    'cloud_metadata',
    // AWS, Azure, Google, Oracle and others; AWS containers; AWS and Google over IPv6; Alibaba; Oracle; Azure.
    [
      '169.254.169.254/32',
      '169.254.170.2/32',
      'fd00:ec2::254/128',
      'fd20:ce::254/128',
      '100.100.100.200/32',
      '192.0.0.192/32',
      '168.63.129.16/32',
    ],
  ],
  ['link_local', ['169.254.0.0/16', 'fe80::/10']],
  ['multicast', ['224.0.0.0/4', 'ff00::/8']],
  // RFC 1112 section 4; then IPv6 forms that hide an IPv4 address: RFC 4291 section 2.5.5.1, 4380, 3056, 8215.
  ['reserved', ['240.0.0.0/4', '::/96', '2001::/32', '2002::/16', '64:ff9b:1::/48']],
];

const lists = ranges.map(([kind, subnets]) => [kind, listOf(subnets)] as const);

/** Every IPv4 range also as NAT64 writes it (RFC 6052); of IPv4-mapped addresses BlockList takes care itself. */
function listOf(subnets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [network = '', prefix = ''] = subnet.split('/');
    if (isIP(network) === 6) {
      list.addSubnet(network, Number(prefix), 'ipv6');
      continue;
    }
    list.addSubnet(network, Number(prefix), 'ipv4');
    list.addSubnet(`64:ff9b::${network}`, 96 + Number(prefix), 'ipv6');
  }
  return list;
}

/** @param address an IP address; a zone (`%eth0`) is not looked at. What is no address at all is `reserved`. */
export function addressKind(address: string): AddressKind {
  const [bare = ''] = address.split('%');
  const family = isIP(bare);
  if (family === 0) return 'reserved';
  const found = lists.find(([, list]) => list.check(bare, family === 6 ? 'ipv6' : 'ipv4'));
  return found === undefined ? 'ordinary' : found[0];
}

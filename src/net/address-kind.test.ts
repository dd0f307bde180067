import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AddressKind, addressKind } from './address-kind.ts';

const examples: readonly (readonly [string, AddressKind])[] = [
  ['93.184.216.34', 'ordinary'],
  ['10.1.2.3', 'ordinary'],
  ['172.16.0.1', 'ordinary'],
  ['192.168.1.1', 'ordinary'],
  ['100.64.0.1', 'ordinary'],
  ['2606:2800:220:1::1', 'ordinary'],
  ['fd12:3456::1', 'ordinary'],
  ['64:ff9b::808:808', 'ordinary'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['::ffff:7f00:1', 'loopback'],
  ['64:ff9b::7f00:1', 'loopback'],
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['::', 'unspecified'],
  ['169.254.169.254', 'cloud_metadata'],
  ['::ffff:169.254.169.254', 'cloud_metadata'],
  ['64:ff9b::a9fe:a9fe', 'cloud_metadata'],
  ['fd00:ec2::254', 'cloud_metadata'],
  ['100.100.100.200', 'cloud_metadata'],
  ['169.254.0.1', 'link_local'],
  ['fe80::1', 'link_local'],
  ['fe80::1%eth0', 'link_local'],
  ['febf::1', 'link_local'],
  ['224.0.0.251', 'multicast'],
  ['239.255.255.250', 'multicast'],
  ['ff02::fb', 'multicast'],
  ['255.255.255.255', 'reserved'],
  ['::7f00:1', 'reserved'],
  ['2002:7f00:1::', 'reserved'],
  ['2002:a9fe:a9fe::1', 'reserved'],
  ['2001::1', 'reserved'],
  ['example.com', 'reserved'],
  ['', 'reserved'],
  ['127.1', 'reserved'],
];

for (const [address, kind] of examples) {
  test(`an address like ${JSON.stringify(address)} is ${kind}`, () => {
    assert.equal(addressKind(address), kind);
  });
}

test('an IPv4 address is of the same kind as its IPv4-mapped and its NAT64 form', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      assert.equal(addressKind(`::ffff:${address}`), addressKind(address));
      assert.equal(addressKind(`64:ff9b::${address}`), addressKind(address));
    }),
  );
});

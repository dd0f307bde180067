import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressBlocks, isAddressBlock, plainAddress } from './address-blocks.ts';

test('no address lies in no blocks', () => {
  assert.equal(addressBlocks([])('127.0.0.1'), false);
});

test('addresses and blocks of both families hold their own, and nothing beside them', () => {
  const trusts = addressBlocks(['192.0.2.1', '10.1.0.0/16', '::1', '2001:db8::/32']);
  for (const address of ['192.0.2.1', '10.1.255.255', '::1', '2001:db8:1::5']) assert.equal(trusts(address), true);
  for (const address of ['192.0.2.2', '10.2.0.0', '::2', '2001:db9::1', '127.0.0.1', '']) {
    assert.equal(trusts(address), false, address);
  }
});

test('an IPv4 peer of a dual-stack listener is its IPv4 self', () => {
  assert.equal(plainAddress('::ffff:10.0.0.1'), '10.0.0.1');
  assert.equal(plainAddress('::1'), '::1');
  assert.equal(plainAddress('::ffff:0:1'), '::ffff:0:1');
});

for (const range of ['', 'localhost', '10.0.0.0/33', '::/129', '10.0.0/8', '10.0.0.0/x', '10.0.0.0/8/8']) {
  test(`${JSON.stringify(range)} is refused`, () => {
    assert.throws(() => addressBlocks([range]), TypeError);
    assert.equal(isAddressBlock(range), false);
  });
}

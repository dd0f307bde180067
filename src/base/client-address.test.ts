import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { addressBlocks } from './address-blocks.ts';
import { clientAddress } from './client-address.ts';

function from(peer: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { headers, socket: { remoteAddress: peer } } as unknown as IncomingMessage;
}

const trusted = addressBlocks(['10.0.0.0/8', '2001:db8::/32', '192.0.2.1']);

test('the peer is who asks, unless it is a trusted proxy', () => {
  assert.equal(clientAddress(from('198.51.100.1', '203.0.113.9'), trusted), '198.51.100.1');
  assert.equal(clientAddress(from('10.1.2.3', '203.0.113.9'), trusted), '203.0.113.9');
  assert.equal(clientAddress(from('2001:db8::7', '203.0.113.9'), trusted), '203.0.113.9');
  assert.equal(clientAddress(from('192.0.2.1'), trusted), '192.0.2.1');
});

test('an IPv4 peer of a socket for both is known by its IPv4 address', () => {
  assert.equal(clientAddress(from('::ffff:10.1.2.3', '203.0.113.9'), trusted), '203.0.113.9');
  assert.equal(clientAddress(from('::ffff:198.51.100.1'), trusted), '198.51.100.1');
});

test('of a chain, the last that is no trusted proxy counts: what stands before may be made up', () => {
  assert.equal(clientAddress(from('10.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.2'), trusted), '203.0.113.9');
  assert.equal(clientAddress(from('10.0.0.1', '10.0.0.3'), trusted), '10.0.0.1');
});

test('what is no address is not believed', () => {
  for (const made of ['unknown', '', '1.1.1.1:80', '<script>']) {
    assert.equal(clientAddress(from('10.0.0.1', made), trusted), '10.0.0.1');
  }
});

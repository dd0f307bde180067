import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { packed } from '../../test/fixtures/a-status-list.ts';
import type { StatusBits } from './status-list.ts';
import { decodeStatusList, encodeStatusList } from './status-list-encoding.ts';

async function failureOf(claim: Parameters<typeof decodeStatusList>[0]): Promise<string> {
  const decoded = await decodeStatusList(claim);
  return decoded.ok ? 'decoded' : decoded.failure.code;
}

const encoded = (bytes: Buffer): string => bytes.toString('base64url');

test('what was packed is unpacked again', async () => {
  const bits = fc.constantFrom<StatusBits>(1, 2, 4, 8);
  await fc.assert(
    fc.asyncProperty(bits, fc.uint8Array({ maxLength: 500 }), async (size, content) => {
      const bytes = Buffer.from(content);
      const decoded = await decodeStatusList({ ...(await encodeStatusList({ bits: size, bytes })) });
      assert.ok(decoded.ok);
      assert.equal(decoded.value.bits, size);
      assert.ok(decoded.value.bytes.equals(bytes));
    }),
    { numRuns: 50 },
  );
});

test('an empty list is a list', async () => {
  assert.equal(await failureOf({ bits: 1, lst: encoded(deflateSync('')) }), 'decoded');
});

const good = deflateSync(Buffer.alloc(8));

for (const [what, claim] of Object.entries({
  'no object': 'eNrbuRgAAhcBXQ',
  'no claim': undefined,
  'an array': [1, encoded(good)],
})) {
  test(`refuses ${what}`, async () => assert.equal(await failureOf(claim), 'list_claims_invalid'));
}

for (const [what, claim] of Object.entries({
  'three bits': { bits: 3, lst: encoded(good) },
  'no bits': { lst: encoded(good) },
  'bits as text': { bits: '1', lst: encoded(good) },
  'padded base64url': { bits: 1, lst: `${encoded(good)}==` },
  'base64 with other characters': { bits: 1, lst: good.toString('base64').replace(/=*$/, '+/') },
  'a list of numbers': { bits: 1, lst: [...good] },
  'an empty text': { bits: 1, lst: '' },
  'a gzip stream': { bits: 1, lst: encoded(gzipSync(Buffer.alloc(8))) },
  'DEFLATE without ZLIB around it': { bits: 1, lst: encoded(deflateRawSync(Buffer.alloc(8))) },
  'a stream that is cut off': { bits: 1, lst: encoded(good.subarray(0, -1)) },
  'a stream with another checksum': { bits: 1, lst: encoded(Buffer.from(good).fill(7, good.length - 4)) },
  'something behind the stream': { bits: 1, lst: encoded(Buffer.concat([good, Buffer.from('x')])) },
  'two streams': { bits: 1, lst: encoded(Buffer.concat([good, good])) },
  'a stream that needs a dictionary': {
    bits: 1,
    lst: encoded(deflateSync(Buffer.alloc(8), { dictionary: Buffer.from('known') })),
  },
})) {
  test(`refuses ${what}`, async () => assert.equal(await failureOf(claim), 'list_malformed'));
}

test('unpacks 16 MiB, and not one byte more', async () => {
  const most = 16 * 1024 * 1024;
  assert.equal(await failureOf({ ...packed(Buffer.alloc(most)) } as never), 'decoded');
  assert.equal(await failureOf({ ...packed(Buffer.alloc(most + 1)) } as never), 'list_too_large');
});

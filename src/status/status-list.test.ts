import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { entriesOf, newStatusList, type StatusBits, setStatus, statusAt } from './status-list.ts';

const bits = fc.constantFrom<StatusBits>(1, 2, 4, 8);

test('what was set is there, and nothing else has changed, for every size of entry', () => {
  fc.assert(
    fc.property(bits, fc.integer({ min: 1, max: 300 }), fc.infiniteStream(fc.nat()), (size, entries, numbers) => {
      const list = newStatusList(size, entries);
      const expected = new Map<number, number>();
      for (let step = 0; step < 50; step++) {
        const index = Number(numbers.next().value) % entries;
        const status = Number(numbers.next().value) % 2 ** size;
        setStatus(list, index, status);
        expected.set(index, status);
      }
      for (let index = 0; index < entries; index++) assert.equal(statusAt(list, index), expected.get(index) ?? 0);
    }),
    { numRuns: 200 },
  );
});

test('packs as a naive writing of bits does: bytes in order, within a byte from the least significant bit', () => {
  fc.assert(
    fc.property(bits, fc.array(fc.nat(255), { minLength: 1, maxLength: 64 }), (size, numbers) => {
      const statuses = numbers.map((number) => number % 2 ** size);
      const list = newStatusList(size, statuses.length);
      for (const [index, status] of statuses.entries()) setStatus(list, index, status);
      const perByte = 8 / size;
      const texts: string[] = [];
      for (let at = 0; at < statuses.length; at += perByte) {
        const entries = statuses.slice(at, at + perByte).map((status) => status.toString(2).padStart(size, '0'));
        texts.push(entries.reverse().join('').padStart(8, '0'));
      }
      assert.deepEqual(
        [...list.bytes].map((byte) => byte.toString(2).padStart(8, '0')),
        texts,
      );
    }),
  );
});

test('has whole bytes, and no entry beyond them', () => {
  const list = newStatusList(2, 5);
  assert.equal(entriesOf(list), 8);
  assert.equal(statusAt(list, 7), 0);
  assert.equal(statusAt(list, 8), undefined);
  assert.equal(statusAt(list, 2 ** 31), undefined);
  assert.equal(statusAt(list, Number.MAX_SAFE_INTEGER), undefined);
});

test('takes no status that the bits cannot say, nor one for an entry that is not there', () => {
  const list = newStatusList(2, 4);
  assert.throws(() => setStatus(list, 0, 4), RangeError);
  assert.throws(() => setStatus(list, 4, 1), RangeError);
  assert.throws(() => setStatus(list, 0, -1), RangeError);
  assert.throws(() => setStatus(list, 0, 0.5), RangeError);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  encodeStatusList,
  entriesOf,
  newStatusList,
  type StatusBits,
  setStatus,
  statusAt,
} from '../../src/status/index.ts';
import { decodeStatusList } from '../../src/status/status-list-encoding.ts';
import vectors from './status-lists.json' with { type: 'json' };

/** draft-ietf-oauth-status-list, appendix "Test vectors for Status List encoding": lists of 2^20 entries. */
const entries = 2 ** 20;

/** Sections 4.1 and 4.2: the two small ones. */
const small = [
  { bits: 1, statuses: '1001110111000101', lst: 'eNrbuRgAAhcBXQ' },
  { bits: 2, statuses: '120301011233', lst: 'eNo76fITAAPfAgc' },
] as const;

for (const { bits, statuses, lst } of small) {
  test(`draft-ietf-oauth-status-list section 4.2, ${bits} bit: is read as it is written, and written so`, async () => {
    const decoded = await decodeStatusList({ bits, lst });
    assert.ok(decoded.ok);
    const read = [...statuses].map((_, index) => statusAt(decoded.value, index));
    assert.deepEqual(read, [...statuses].map(Number));
    const list = newStatusList(bits, statuses.length);
    for (const [index, status] of [...statuses].entries()) setStatus(list, index, Number(status));
    assert.deepEqual(await encodeStatusList(list), { bits, lst });
  });
}

for (const vector of vectors) {
  const bits = vector.bits as StatusBits;
  const statuses: ReadonlyMap<number, number> = new Map(
    Object.entries(vector.statuses).map(([index, status]) => [Number(index), Number(status)]),
  );

  test(`draft-ietf-oauth-status-list test vectors, ${bits} bit: every one of 2^20 entries`, async () => {
    const decoded = await decodeStatusList({ bits, lst: vector.lst });
    assert.ok(decoded.ok);
    assert.equal(entriesOf(decoded.value), entries);
    let others = 0;
    for (let index = 0; index < entries; index++) {
      const status = statusAt(decoded.value, index);
      if (statuses.has(index)) assert.equal(status, statuses.get(index), `entry ${index}`);
      else if (status !== 0) others++;
    }
    assert.equal(others, 0);
  });

  test(`draft-ietf-oauth-status-list test vectors, ${bits} bit: the same bytes are packed, and come back`, async () => {
    const list = newStatusList(bits, entries);
    for (const [index, status] of statuses) setStatus(list, index, status);
    const expected = await decodeStatusList({ bits, lst: vector.lst });
    const actual = await decodeStatusList({ ...(await encodeStatusList(list)) });
    assert.ok(expected.ok && actual.ok);
    assert.ok(actual.value.bytes.equals(expected.value.bytes));
    assert.ok(list.bytes.equals(expected.value.bytes));
  });
}

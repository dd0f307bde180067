import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { sha256Hex } from '../base/sha256.ts';
import { DigestTable } from './digest-table.ts';
import { always, type RevocationRecord } from './revocation-records.ts';

const digestOf = (n: number): string => sha256Hex(`value ${n}`);

const purge = (table: DigestTable, now: number): number => [...table.purge(now)].reduce((sum, n) => sum + n, 0);

/** What the table should do, in the plainest words. */
class NaiveTable {
  #entries: { digest: string; record: RevocationRecord }[] = [];

  add(digest: string, record: RevocationRecord): void {
    this.#entries.push({ digest, record });
  }

  latest(digest: string): number | undefined {
    const reaches = this.#entries.filter((entry) => entry.digest === digest).map(({ record }) => record.before);
    return reaches.length === 0 ? undefined : Math.max(...reaches);
  }

  purge(now: number): void {
    this.#entries = this.#entries.filter(({ record }) => record.expiresAt > now);
  }
}

const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ add: fc.nat(40), before: fc.nat(5), expiresAt: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ purge: fc.nat(120) }) },
);

test('The table agrees with a list of entries, after whatever was added and purged.', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const table = new DigestTable();
      const naive = new NaiveTable();
      for (const [seq, each] of steps.entries()) {
        if ('purge' in each) {
          purge(table, each.purge);
          naive.purge(each.purge);
        } else {
          const record = { seq, before: each.before, expiresAt: each.expiresAt };
          table.add(digestOf(each.add), record);
          naive.add(digestOf(each.add), record);
        }
      }
      for (let n = 0; n <= 45; n++) assert.equal(table.latest(digestOf(n))?.before, naive.latest(digestOf(n)));
    }),
  );
});

test('Digests that differ in their last bit only are different.', () => {
  const table = new DigestTable();
  const digest = `${'ab'.repeat(31)}00`;
  table.add(digest, { seq: 1, before: always, expiresAt: 10 });
  assert.equal(table.latest(`${'ab'.repeat(31)}01`), undefined);
  assert.equal(table.latest(digest)?.seq, 1);
});

test('Numbers of all sizes that a log may hold come back whole.', () => {
  const table = new DigestTable();
  const record = { seq: 2 ** 47 + 1, before: 4_102_444_800, expiresAt: Date.UTC(9999, 11, 31) };
  table.add(digestOf(1), record);
  assert.deepEqual(table.latest(digestOf(1)), record);
});

test('After every purge, what is left is found and what went is not.', () => {
  const count = 10_000;
  const table = new DigestTable();
  const digests = Array.from({ length: count }, (_, n) => digestOf(n));
  for (const [n, digest] of digests.entries()) table.add(digest, { seq: n, before: always, expiresAt: n % 20 });
  for (let now = 0; now < 20; now++) {
    assert.equal(purge(table, now), count / 20);
    for (const [n, digest] of digests.entries()) assert.equal(table.latest(digest)?.seq, n % 20 > now ? n : undefined);
  }
  assert.equal(table.size, 0);
});

test('A million entries take at most 64 bytes each, and are all found.', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const resident = (): number => {
    collect();
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    return arrayBuffers + heapUsed;
  };
  const count = 1_000_000;
  const hex = (n: number): string => n.toString(16).padStart(8, '0').repeat(8);
  const before = resident();
  const table = new DigestTable();
  for (let n = 0; n < count; n++) table.add(hex(n), { seq: n + 1, before: always, expiresAt: 10 });
  assert.ok((resident() - before) / count <= 64);
  for (let n = 0; n < count; n += 97) assert.equal(table.latest(hex(n))?.seq, n + 1);
  assert.equal(table.latest(hex(count)), undefined);
});

test('At no size does the table take more than 64 bytes an entry: it is never there twice.', () => {
  const table = new DigestTable();
  const buffers = (): number => process.memoryUsage().arrayBuffers;
  const before = buffers();
  for (let n = 0; n < 300_000; n++) {
    table.add(digestOf(n), { seq: n + 1, before: always, expiresAt: 10 });
    if (n > 20_000 && n % 500 === 0) assert.ok((buffers() - before) / table.size <= 64);
  }
});

test('What is added while a purge goes on stays.', () => {
  const table = new DigestTable();
  for (let n = 0; n < 30_000; n++) table.add(digestOf(n), { seq: n, before: always, expiresAt: 10 });
  let added = 30_000;
  for (const _step of table.purge(10)) {
    table.add(digestOf(added), { seq: added, before: always, expiresAt: 20 });
    added++;
  }
  assert.equal(table.size, added - 30_000);
  for (let n = 0; n < added; n++) assert.equal(table.latest(digestOf(n))?.seq, n < 30_000 ? undefined : n);
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Clock } from '../../src/base/clock.ts';
import { sha256Hex } from '../../src/base/sha256.ts';
import {
  type LogPage,
  type NewRevocation,
  type Revocation,
  RevocationInvalid,
  type RevocationLog,
  revocationsAppended,
  startOfLog,
} from '../../src/revocation/index.ts';

/** A log on its real engine, empty when opened. */
export interface RevocationLogUnderTest {
  readonly log: RevocationLog;
  /** The same log, as another process would open it. */
  another(): Promise<RevocationLog>;
  close(): Promise<void>;
}

const now = 1_790_000_000_500;
const hour = 3_600_000;
const issuer = 'https://acme.example';
const bySubject: NewRevocation = {
  issuer,
  kind: 'subject',
  value: 'mira',
  client: 'reporting',
  before: 1_789_999_000,
  expiresAt: now + hour,
  reason: 'left the company',
  actor: 'client:operator',
};
const byToken: NewRevocation = {
  issuer,
  kind: 'token',
  value: sha256Hex('a token'),
  expiresAt: now + hour,
  actor: 'client:operator',
};

const seqs = (entries: readonly Revocation[]): number[] => entries.map(({ seq }) => seq);
const values = (entries: readonly Revocation[]): string[] => entries.map(({ value }) => value);
const read = async (log: RevocationLog): Promise<readonly Revocation[]> =>
  (await log.readAfter(startOfLog, 1000))!.entries;
const numbered = (count: number, prefix = 'sub'): NewRevocation[] =>
  Array.from({ length: count }, (_, n) => ({ ...bySubject, value: `${prefix}-${n}` }));

/** What every RevocationLog does, whichever engine it stands on. */
export function revocationLogContract(name: string, open: (clock: Clock) => Promise<RevocationLogUnderTest>): void {
  describe(name, () => {
    let subject: RevocationLogUnderTest;
    let time: number;
    beforeEach(async () => {
      time = now;
      subject = await open(() => time);
    });
    afterEach(() => subject.close());

    test('is empty at first', async () => {
      assert.equal(await subject.log.head(), 0);
      assert.deepEqual(await read(subject.log), []);
      assert.deepEqual(await subject.log.list({ limit: 10 }), []);
    });

    test('gives back what was appended, member by member, to this process and to others', async () => {
      const appended = await subject.log.append([bySubject, byToken, { ...byToken, from: now + 60_000 }]);
      assert.deepEqual(
        appended.map(({ seq, ...entry }) => entry),
        [
          { ...bySubject, from: undefined, at: now },
          { ...byToken, client: undefined, before: undefined, from: undefined, reason: undefined, at: now },
          { ...byToken, client: undefined, before: undefined, from: now + 60_000, reason: undefined, at: now },
        ],
      );
      assert.deepEqual(await read(subject.log), appended);
      assert.deepEqual(await read(await subject.another()), appended);
    });

    test('writes the cut-off out: without one, it is the second of the append', async () => {
      const [entry] = await subject.log.append([{ ...bySubject, before: undefined }]);
      assert.equal(entry?.before, 1_790_000_000);
    });

    test('keeps every character of a value', async () => {
      const odd = ['Zürich', '\u0000nul', "' OR 1=1 --", '__proto__', '🔑', 'line\nbreak', ' '];
      await subject.log.append(odd.map((value) => ({ ...bySubject, value })));
      assert.deepEqual(values(await read(subject.log)), odd);
      for (const value of odd) assert.deepEqual(values(await subject.log.list({ value, limit: 10 })), [value]);
    });

    test('numbers entries upwards in the order of the append', async () => {
      const appended = await subject.log.append(numbered(5));
      const later = await (await subject.another()).append([byToken]);
      const all = seqs([...appended, ...later]);
      assert.deepEqual(
        all,
        [...all].sort((a, b) => a - b),
      );
      assert.equal(new Set(all).size, 6);
      assert.equal(await subject.log.head(), all.at(-1));
    });

    test('is read in pages that neither skip nor repeat', async () => {
      const appended = await subject.log.append(numbered(25));
      const found: Revocation[] = [];
      let page: LogPage | undefined;
      do {
        page = await subject.log.readAfter(page?.position ?? startOfLog, 10);
        found.push(...page!.entries);
        assert.equal(page!.position.seq, found.at(-1)?.seq);
        assert.equal(page!.isLast, found.length === 25);
      } while (page?.isLast === false);
      assert.deepEqual(seqs(found), seqs(appended));
    });

    test('leads on from its end, whatever was purged meanwhile', async () => {
      const start = await subject.log.readAfter(startOfLog, 10);
      assert.deepEqual([start?.entries, start?.position.seq, start?.isLast], [[], 0, true]);
      await subject.log.append(numbered(3));
      const end = await subject.log.readAfter(start!.position, 10);
      assert.equal(end?.position.seq, await subject.log.head());
      assert.equal(await subject.log.purge(now + hour), 2);
      assert.deepEqual(await subject.log.readAfter(end!.position, 10), { ...end, entries: [] });
      const [next] = await subject.log.append([byToken]);
      assert.deepEqual((await subject.log.readAfter(end!.position, 10))?.entries, [next]);
    });

    test('no longer knows a position whose entry was purged', async () => {
      await subject.log.append(numbered(3));
      const page = await subject.log.readAfter(startOfLog, 1);
      await subject.log.append([byToken]);
      await subject.log.purge(now + hour - 1);
      assert.equal((await subject.log.readAfter(page!.position, 10))?.entries.length, 3);
      await subject.log.purge(now + hour);
      assert.equal(await subject.log.readAfter(page!.position, 10), undefined);
    });

    test('knows a position of its own history from one of another', async () => {
      const elsewhere = await open(() => now);
      await elsewhere.log.append(numbered(3));
      await subject.log.append(numbered(3));
      const first = await subject.log.readAfter(startOfLog, 2);
      const foreign = await elsewhere.log.readAfter(startOfLog, 2);
      const end = await elsewhere.log.readAfter(startOfLog, 10);
      await elsewhere.close();
      assert.equal((await subject.log.readAfter(first!.position, 10))?.entries.length, 1);
      assert.equal(first?.position.seq, foreign?.position.seq);
      assert.equal(await subject.log.readAfter(foreign!.position, 10), undefined);
      assert.equal(await subject.log.readAfter(end!.position, 10), undefined);
      assert.equal(await subject.log.readAfter({ ...end!.position, seq: 99 }, 10), undefined);
    });

    test('takes all entries of an append or none', async () => {
      const faulty = { ...byToken, value: 'no hash', expiresAt: now - 1 };
      await assert.rejects(subject.log.append([bySubject, faulty]), (error) => {
        assert.ok(error instanceof RevocationInvalid);
        assert.deepEqual(
          error.faults.map(({ path }) => path),
          [
            [1, 'value'],
            [1, 'expiresAt'],
          ],
        );
        return true;
      });
      assert.deepEqual(await read(subject.log), []);
    });

    test('appends nothing when there is nothing to append', async () => {
      assert.deepEqual(await subject.log.append([]), []);
      assert.equal(await subject.log.head(), 0);
    });

    test('loses and doubles nothing when many append at once', async () => {
      const other = await subject.another();
      const appends = Array.from({ length: 50 }, (_, n) =>
        (n % 2 === 0 ? subject.log : other).append(numbered(3, `writer-${n}`)),
      );
      const acknowledged = (await Promise.all(appends)).flat();
      const found = await read(subject.log);
      assert.equal(found.length, 150);
      assert.deepEqual(
        seqs(found),
        seqs(acknowledged).sort((a, b) => a - b),
      );
    });

    test('lists the newest first, filtered and by pages', async () => {
      await subject.log.append([...numbered(3), byToken, { ...bySubject, actor: 'subject:ada', issuer: 'https://b' }]);
      const list = async (filter: object): Promise<string[]> =>
        values(await subject.log.list({ limit: 10, ...filter }));
      assert.deepEqual(await list({}), ['mira', byToken.value, 'sub-2', 'sub-1', 'sub-0']);
      assert.deepEqual(await list({ kind: 'token' }), [byToken.value]);
      assert.deepEqual(await list({ value: 'sub-1' }), ['sub-1']);
      assert.deepEqual(await list({ actor: 'subject:ada', issuer: 'https://b' }), ['mira']);
      assert.deepEqual(await list({ actor: 'subject:ada', issuer }), []);
      const [first, second] = await subject.log.list({ limit: 2 });
      assert.equal(first?.value, 'mira');
      assert.deepEqual(await list({ beforeSeq: second?.seq }), ['sub-2', 'sub-1', 'sub-0']);
    });

    test('lists what was appended since a time, where another clock was slow, too', async () => {
      const minute = 60_000;
      for (const [index, at] of [0, 20 * minute, 20 * minute - 1000, 20 * minute + 1].entries()) {
        time = now + at;
        await subject.log.append([{ ...bySubject, value: `sub-${index}` }]);
      }
      const since = async (at: number): Promise<string[]> =>
        values(await subject.log.list({ since: now + at, limit: 10 }));
      assert.deepEqual(await since(20 * minute), ['sub-3', 'sub-1']);
      assert.deepEqual(await since(20 * minute - 1000), ['sub-3', 'sub-2', 'sub-1']);
      assert.deepEqual(await since(0), ['sub-3', 'sub-2', 'sub-1', 'sub-0']);
      assert.deepEqual(await since(21 * minute), []);
    });

    test('drops the entries that have expired, but for the newest of all, and never gives a number twice', async () => {
      await subject.log.append(numbered(1200));
      const [last] = await subject.log.append([{ ...byToken, expiresAt: now + 2 * hour }]);
      assert.equal(await subject.log.purge(now + hour - 1), 0);
      assert.equal(await subject.log.purge(now + hour), 1200);
      assert.deepEqual(values(await read(subject.log)), [byToken.value]);
      assert.equal(await subject.log.purge(now + 2 * hour), 0);
      const [next] = await subject.log.append([bySubject]);
      assert.ok(next!.seq > last!.seq);
      assert.equal(await subject.log.purge(now + 2 * hour), 1);
      assert.equal(await subject.log.head(), next?.seq);
    });

    test('wakes its subscribers after an append of this process, and of another', async () => {
      for (const writer of [subject.log, await subject.another()]) {
        const woken = new EventTarget();
        const stop = subject.log.subscribe?.(() => woken.dispatchEvent(new Event('wake')));
        if (stop === undefined) return;
        const wake = once(woken, 'wake', { signal: AbortSignal.timeout(2000) });
        await writer.append([bySubject]);
        await wake;
        stop();
      }
    });

    test('announces what it has appended', async () => {
      const announced: Revocation[] = [];
      const stop = revocationsAppended.listen(({ entries }) => announced.push(...entries));
      const appended = await subject.log.append([bySubject, byToken]);
      stop();
      assert.deepEqual(announced, appended);
    });

    test('rejects, and does not say "nothing", when it cannot be asked', async () => {
      const closed = await open(() => now);
      await closed.close();
      await assert.rejects(closed.log.append([bySubject]));
      await assert.rejects(closed.log.readAfter(startOfLog, 10));
      await assert.rejects(closed.log.head());
      await assert.rejects(closed.log.list({ limit: 10 }));
      await assert.rejects(closed.log.purge(now));
    });
  });
}

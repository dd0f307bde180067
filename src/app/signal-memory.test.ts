import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { engines } from '../../test/store/engines.ts';
import { signalMemory, streamStore } from './signal-memory.ts';

const now = 1_790_000_000_000;

for (const engine of engines) {
  describe(`what is kept of signals in ${engine.name}`, () => {
    test('what was received is known in every process, until its time', async () => {
      const { store, another, close } = await engine.open();
      const memory = signalMemory(store.artifacts);
      const other = signalMemory((await another()).artifacts);
      assert.equal(await memory.knows('a'), false);
      await memory.remember('a', now + 1000);
      await memory.remember('a', now + 2000);
      assert.deepEqual([await other.knows('a'), await other.knows('b')], [true, false]);
      assert.equal(await store.artifacts.purge(now + 2000), 1);
      assert.equal(await other.knows('a'), false);
      await close();
    });

    test('a stream goes on in any process from where it was, and no purge forgets it', async () => {
      const { store, another, close } = await engine.open();
      const streams = streamStore(store.artifacts);
      assert.equal(await streams.position('ledger'), undefined);
      await streams.advance('ledger', { seq: 7, mark: 'm' });
      await streams.advance('other', { seq: 1, mark: 'n' });
      await store.artifacts.purge(now + 10 * 365 * 24 * 3_600_000);
      assert.deepEqual(await streamStore((await another()).artifacts).position('ledger'), { seq: 7, mark: 'm' });
      await close();
    });

    test('of many that want to hold a stream at once, one does, until its lease has run out or is given up', async () => {
      const { store, another, close } = await engine.open();
      const [one, two] = [streamStore(store.artifacts), streamStore((await another()).artifacts)];
      const asked = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? one : two).hold('s', `p${n}`, now, now + 1000));
      const held = await Promise.all(asked);
      assert.equal(held.filter(Boolean).length, 1);
      const holder = `p${held.indexOf(true)}`;
      assert.equal(await two.hold('s', holder, now + 500, now + 1500), true);
      assert.equal(await two.hold('s', 'x', now + 1499, now + 9000), false);
      assert.equal(await two.hold('s', 'x', now + 1500, now + 9000), true);
      assert.equal(await one.hold('s', holder, now + 1600, now + 9000), false);
      assert.equal(await two.hold('s', 'x', now + 1700, now + 1700), true);
      assert.equal(await one.hold('s', holder, now + 1700, now + 9000), true);
      await close();
    });
  });
}

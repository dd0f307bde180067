import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { aSqliteStore } from '../../../test/fixtures/a-sqlite-store.ts';
import { until } from '../../../test/store/until.ts';

test('Who follows the revocations is woken by each append of any process, and by nothing else.', async (t) => {
  const { store, another, close } = aSqliteStore();
  const other = another();
  let wakes = 0;
  const unsubscribe = store.revocationLog.subscribe?.(() => {
    wakes += 1;
  });
  t.after(() => {
    unsubscribe?.();
    return close();
  });
  await until(() => wakes === 1); // The first look is news.
  for (const each of [store, other]) {
    const before = wakes;
    await each.secrets.readOrCreate(`a secret ${before}`, 'kept');
    await delay(40);
    assert.equal(wakes, before);
    await each.revocationLog.append([
      { issuer: 'https://acme.example', kind: 'subject', value: 'mira', expiresAt: Date.now() + 60_000, actor: 'test' },
    ]);
    await until(() => wakes === before + 1);
  }
});

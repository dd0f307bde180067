import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anAdmin, assertProblem } from '../../../test/fixtures/an-admin.ts';

test('the audit log is read page by page, newest first, and by actor', async (t) => {
  const admin = await anAdmin(t);
  for (const target of ['a', 'b', 'c']) {
    await admin.store.audit.record({ at: 0, actor: 'subject:ada', action: 'thing.made', target, details: { target } });
  }
  await admin.store.audit.record({ at: 0, actor: 'client:x', action: 'thing.made', target: 'd', details: {} });
  const first = (await admin.call('GET', '/audit?actor=subject:ada&limit=2')).json;
  const second = (await admin.call('GET', `/audit?actor=subject:ada&limit=2&cursor=${first.next}`)).json;
  const targets = [...first.items, ...second.items].map(({ target }: { target: string }) => target);
  assert.deepEqual([targets, second.next], [['c', 'b', 'a'], null]);
  assert.deepEqual(first.items[0].details, { target: 'c' });
});

test('a filter that is not known is refused rather than left out', async (t) => {
  const admin = await anAdmin(t);
  assertProblem(await admin.call('GET', '/audit?who=ada'), 400, 'input_invalid');
  assertProblem(await admin.call('GET', '/audit?cursor=bm9uZQ'), 400, 'input_invalid');
});

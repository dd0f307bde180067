import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anAdmin, assertProblem, type TestAdmin } from '../../../test/fixtures/an-admin.ts';
import { sha256Hex } from '../../base/sha256.ts';

interface Item {
  readonly id: string;
  readonly hash: string;
}

async function search(admin: TestAdmin, query: string): Promise<readonly Item[]> {
  const { status, json } = await admin.call('GET', `/tokens?${query}`);
  assert.equal(status, 200);
  return json.items;
}

test('live tokens are found by subject and by client, never with their values', async (t) => {
  const admin = await anAdmin(t);
  const mira = await admin.issueOpaque({ client: 'web', subject: 'mira' });
  const noor = await admin.issueOpaque({ client: 'web', subject: 'noor' });
  assert.deepEqual(
    (await search(admin, 'subject=mira')).map(({ hash }) => hash),
    [sha256Hex(mira)],
  );
  assert.equal((await search(admin, 'client=web')).length, 2);
  assert.equal((await search(admin, 'client=web&subject=noor')).length, 1);
  assert.equal((await search(admin, 'client=reporting&subject=noor')).length, 0);
  const { text } = await admin.call('GET', '/tokens');
  assert.ok(!text.includes(mira) && !text.includes(noor) && !text.includes(admin.token));
});

test('a long list is read page by page, each token once', async (t) => {
  const admin = await anAdmin(t);
  for (let index = 0; index < 7; index += 1) await admin.issueOpaque({ client: 'web' });
  const seen = new Set<string>();
  let cursor = '';
  for (let pages = 1; ; pages += 1) {
    const { json } = await admin.call('GET', `/tokens?client=web&limit=3${cursor}`);
    for (const { id } of json.items) seen.add(id);
    if (json.next === null) {
      assert.equal(pages, 3);
      break;
    }
    cursor = `&cursor=${json.next}`;
  }
  assert.equal(seen.size, 7);
});

test('a page is of 1 to 200 items, and a cursor is one of ours', async (t) => {
  const admin = await anAdmin(t);
  const cases = {
    'limit=0': 'limit',
    'limit=201': 'limit',
    'limit=x': 'limit',
    'cursor=!!': 'cursor',
    'cursor=W10': 'cursor',
  };
  for (const [query, path] of Object.entries(cases)) {
    const refused = await admin.call('GET', `/tokens?${query}`);
    assertProblem(refused, 400, 'input_invalid');
    assert.equal(refused.json.errors[0].path, path);
  }
  assertProblem(await admin.call('GET', '/tokens?subject=a&subject=b'), 400, 'input_invalid');
});

test('one token is shown, revoked, and then not found any more', async (t) => {
  const admin = await anAdmin(t);
  const token = await admin.issueOpaque({ client: 'web' });
  const [{ id } = { id: '' }] = await search(admin, 'client=web');
  assert.equal((await admin.call('GET', `/tokens/${id}`)).json.hash, sha256Hex(token));
  const revoked = await admin.call('DELETE', `/tokens/${id}?reason=leaked`);
  assert.equal(revoked.status, 204);
  const { json } = await admin.call('POST', '/explain', { body: { api: 'orders', token } });
  assert.equal(json.rejection.code, 'token_revoked');
  assertProblem(await admin.call('GET', `/tokens/${id}`), 404, 'resource_unknown');
  assertProblem(await admin.call('DELETE', `/tokens/${id}`), 404, 'resource_unknown');
  const audit = await admin.call('GET', `/audit?action=token.revoked&target=${id}`);
  assert.equal(audit.json.items[0].details.reason, 'leaked');
  assert.equal(audit.json.items[0].actor, 'client:operator');
});

test('a token is shortened, never lengthened', async (t) => {
  const admin = await anAdmin(t);
  await admin.issueOpaque({ client: 'web' });
  const [{ id } = { id: '' }] = await search(admin, 'client=web');
  const sooner = new Date(Date.now() + 60_000).toISOString();
  const later = new Date(Date.now() + 6_000_000).toISOString();
  const shortened = await admin.call('PATCH', `/tokens/${id}`, { body: { expires_at: sooner } });
  assert.deepEqual(shortened.json, { tokens: 1 });
  assert.deepEqual((await admin.call('PATCH', `/tokens/${id}`, { body: { expires_at: later } })).json, { tokens: 0 });
  assert.equal((await admin.call('GET', `/tokens/${id}`)).json.expires_at, sooner);
  assertProblem(await admin.call('PATCH', '/tokens/none', { body: { expires_at: sooner } }), 404, 'resource_unknown');
  assertProblem(await admin.call('PATCH', `/tokens/${id}`, { body: { expires_at: 'soon' } }), 400, 'input_invalid');
  assert.equal((await admin.call('GET', `/audit?target=${id}`)).json.items.length, 2);
});

test('all tokens of a selection are shortened or revoked, but never all tokens for want of one', async (t) => {
  const admin = await anAdmin(t);
  await admin.issueOpaque({ client: 'web', subject: 'mira' });
  await admin.issueOpaque({ client: 'web', subject: 'noor' });
  const body = { expires_at: new Date(Date.now() + 60_000).toISOString() };
  assert.deepEqual((await admin.call('PATCH', '/tokens?client=web', { body })).json, { tokens: 2 });
  assert.equal((await admin.call('DELETE', '/tokens?client=web&subject=mira')).status, 204);
  assert.equal((await search(admin, 'client=web')).length, 1);
  assertProblem(await admin.call('DELETE', '/tokens'), 400, 'input_invalid');
  assertProblem(await admin.call('DELETE', '/tokens?grant=g&client=web'), 400, 'input_invalid');
  assertProblem(await admin.call('PATCH', '/tokens', { body }), 400, 'input_invalid');
  const actions = (await admin.call('GET', '/audit')).json.items.map(({ action }: { action: string }) => action);
  assert.ok(actions.includes('tokens.shortened') && actions.includes('tokens.revoked'));
});

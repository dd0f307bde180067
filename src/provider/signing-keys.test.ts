import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aSqliteStore } from '../../test/fixtures/a-sqlite-store.ts';
import { leadTime } from './key-ring.ts';
import { SigningKeys } from './signing-keys.ts';

const retention = { longestLifetime: 600_000, lastExpiry: async () => undefined };

test('processes that start at the same moment agree on their keys', async () => {
  const temporary = aSqliteStore();
  const stores = [temporary.store, temporary.another(), temporary.another()];
  const all = stores.map(({ signingKeys }) => new SigningKeys(signingKeys, Date.now));
  await Promise.all(all.map((keys) => keys.load('ES256')));
  const ids = all.map(({ current }) => current.id);
  assert.equal(new Set(ids).size, 1);
  await temporary.close();
});

test('rotations at the same moment are made one after the other, and none is lost', async () => {
  const temporary = aSqliteStore();
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  const [one, other] = [temporary.store, temporary.another()].map(
    ({ signingKeys }) => new SigningKeys(signingKeys, clock),
  );
  assert.ok(one && other);
  await one.load('ES256');
  await other.load('ES256');
  const first = one.current.id;
  const rotations = await Promise.all([one.rotate('ES256', retention), other.rotate('ES256', retention)]);
  ahead += leadTime * 2;
  await one.refresh();
  assert.equal(new Set(rotations.map(({ activated }) => activated)).size, 2);
  assert.ok(rotations.some(({ activated }) => activated === one.current.id));
  const published = one.published.map(({ id }) => id);
  for (const id of [first, ...rotations.flatMap(({ activated, next }) => [activated, next])])
    assert.ok(published.includes(id));
  await temporary.close();
});

test('the key set is the same object until another key is published', async () => {
  const temporary = aSqliteStore();
  const keys = new SigningKeys(temporary.store.signingKeys, Date.now);
  await keys.load('ES256');
  const { jwks } = keys;
  await keys.refresh();
  assert.equal(keys.jwks, jwks);
  await keys.rotate('ES256', retention);
  assert.notEqual(keys.jwks, jwks);
  assert.equal(keys.jwks.keys.length, 3);
  assert.equal(keys.jwks, keys.jwks);
  await temporary.close();
});

test('a key whose tokens have all expired is dropped', async () => {
  const temporary = aSqliteStore();
  let ahead = 0;
  const keys = new SigningKeys(temporary.store.signingKeys, () => Date.now() + ahead);
  await keys.load('ES256');
  const { activated } = await keys.rotate('ES256', retention);
  assert.equal(await keys.purge(), 0);
  ahead += 700_000;
  assert.equal(await keys.purge(), 1);
  await keys.refresh();
  assert.deepEqual([keys.current.id, keys.published.length], [activated, 2]);
  await temporary.close();
});

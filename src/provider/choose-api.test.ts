import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Api, apiOf } from './apis.ts';
import { chooseApi } from './choose-api.ts';
import { registerClient } from './client-options.ts';

const api = (name: string, scopes: readonly string[]): Api =>
  apiOf({ name, audience: `https://api.example/${name}`, scopes });

const orders = api('orders', ['read', 'orders:write']);
const ledger = api('ledger', ['read', 'ledger:write']);
const open = api('open', []);

const client = (scopes: readonly string[], apis?: readonly string[]) =>
  registerClient({ id: 'c', secret: 's', grants: ['client_credentials'], scopes, apis }, 0);

const choose = (apis: readonly Api[], scopes: readonly string[], asked: readonly string[], signsIn = false) =>
  chooseApi(apis, client(scopes), asked, signsIn)?.name;

test('scopes choose the only API that has them all', () => {
  const all = ['read', 'orders:write', 'ledger:write'];
  assert.equal(choose([orders, ledger], all, ['ledger:write']), 'ledger');
  assert.equal(choose([orders, ledger], all, ['read', 'orders:write']), 'orders');
  assert.throws(() => choose([orders, ledger], all, ['read']), { error: 'invalid_target' });
  assert.throws(() => choose([orders, ledger], all, ['orders:write', 'ledger:write']), { error: 'invalid_target' });
});

test('without scopes, the only API that the client may use is meant', () => {
  assert.equal(choose([orders, ledger], ['ledger:write'], []), 'ledger');
  assert.equal(choose([orders, open], ['nothing'], []), 'open');
  assert.throws(() => choose([orders, ledger], ['read'], []), { error: 'invalid_target' });
  assert.throws(() => choose([orders, ledger], [], []), { error: 'invalid_target' });
});

test('a sign-in alone is for no API', () => {
  assert.equal(choose([orders], ['read'], [], true), undefined);
  assert.equal(choose([orders], ['read'], ['read'], true), 'orders');
});

test('a scope that the client does not have is refused by its name', () => {
  for (const scope of ['orders:write', 'unheard:of', '__proto__']) {
    assert.throws(() => choose([orders, ledger], ['read'], [scope]), { error: 'invalid_scope', scope });
  }
});

test('a client that lists its APIs has no others, not even open ones', () => {
  const named = client(['read', 'orders:write', 'ledger:write'], ['ledger']);
  assert.equal(chooseApi([orders, ledger, open], named, ['read'], false)?.name, 'ledger');
  assert.throws(() => chooseApi([orders, ledger, open], named, ['orders:write'], false), { error: 'invalid_scope' });
});

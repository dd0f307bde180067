import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { ClientStore, RegisteredClient } from '../../src/provider/index.ts';

/** A store on its real engine, empty when opened. */
export interface ClientStoreUnderTest {
  readonly clients: ClientStore;
  close(): Promise<void>;
}

const client: RegisteredClient = {
  id: 'reporting',
  name: undefined,
  authentication: 'none',
  secretHash: undefined,
  jwks: undefined,
  grants: ['authorization_code', 'refresh_token'],
  scopes: ['orders:read'],
  apis: undefined,
  redirectUris: ['https://app.example.com/callback?x=1'],
  postLogoutRedirectUris: [],
  native: false,
  introspects: ['*'],
  createdAt: 1_790_000_000_000,
};

/** What every ClientStore does, whichever engine it stands on. */
export function clientStoreContract(name: string, open: () => Promise<ClientStoreUnderTest>): void {
  describe(name, () => {
    let subject: ClientStoreUnderTest;
    let clients: ClientStore;
    beforeEach(async () => {
      subject = await open();
      clients = subject.clients;
    });
    afterEach(() => subject.close());

    test('finds what was added, member by member', async () => {
      const full = {
        ...client,
        id: 'full',
        name: 'Zürich',
        jwks: { keys: [{ kty: 'EC', kid: 'k' }] },
        apis: ['orders'],
      };
      assert.equal(await clients.add(client), true);
      assert.equal(await clients.add(full), true);
      assert.deepEqual(await clients.find('reporting'), client);
      assert.deepEqual(await clients.find('full'), full);
      assert.equal(await clients.find('constructor'), undefined);
    });

    test('lists by id, ascending', async () => {
      for (const id of ['b', 'a', 'Z', 'c']) await clients.add({ ...client, id });
      assert.deepEqual(
        (await clients.list()).map(({ id }) => id),
        ['Z', 'a', 'b', 'c'],
      );
    });

    test('adds no id twice, and leaves the first alone', async () => {
      await clients.add(client);
      assert.equal(await clients.add({ ...client, name: 'another' }), false);
      assert.equal((await clients.find('reporting'))?.name, undefined);
    });

    test('replaces and removes only what is there', async () => {
      assert.equal(await clients.replace(client), false);
      assert.equal(await clients.remove('reporting'), false);
      await clients.add(client);
      assert.equal(await clients.replace({ ...client, scopes: [] }), true);
      assert.deepEqual((await clients.find('reporting'))?.scopes, []);
      assert.equal(await clients.remove('reporting'), true);
      assert.equal(await clients.find('reporting'), undefined);
    });
  });
}

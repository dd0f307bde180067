import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountLinkStoreContract } from '../../test/contract/account-link-store.ts';
import { artifactStoreContract } from '../../test/contract/artifact-store.ts';
import { auditLogContract } from '../../test/contract/audit-log.ts';
import { clientStoreContract } from '../../test/contract/client-store.ts';
import { gatewayRosterContract } from '../../test/contract/gateway-roster.ts';
import { revocationLogContract } from '../../test/contract/revocation-log.ts';
import { secretStoreContract } from '../../test/contract/secret-store.ts';
import { sessionOriginStoreContract } from '../../test/contract/session-origin-store.ts';
import { signingKeyStoreContract } from '../../test/contract/signing-key-store.ts';
import { statusRegistryContract } from '../../test/contract/status-registry.ts';
import { tokenRegistryContract } from '../../test/contract/token-registry.ts';
import { tokenStoreContract } from '../../test/contract/token-store.ts';
import { anIssuedToken } from '../../test/fixtures/an-issued-token.ts';
import { engines } from '../../test/store/engines.ts';

// Every port on every engine: in one file, since a PostgreSQL takes its time to start.
for (const { name, open } of engines) {
  accountLinkStoreContract(`the account links in ${name}`, async () => {
    const { store, another, close } = await open();
    return { links: store.accountLinks, another: async () => (await another()).accountLinks, close };
  });

  artifactStoreContract(`the artifact store in ${name}`, async () => {
    const { store, another, close } = await open();
    return { artifacts: store.artifacts, another: async () => (await another()).artifacts, close };
  });

  auditLogContract(`the audit log in ${name}`, async () => {
    const { store, close } = await open();
    return { log: store.audit, close };
  });

  clientStoreContract(`the client store in ${name}`, async () => {
    const { store, close } = await open();
    return { clients: store.clients, close };
  });

  gatewayRosterContract(`the roster of gateways in ${name}`, async () => {
    const { store, another, close } = await open();
    return { roster: store.gatewayRoster, another: async () => (await another()).gatewayRoster, close };
  });

  revocationLogContract(`the revocation log in ${name}`, async (clock) => {
    const { store, another, close } = await open(clock);
    return { log: store.revocationLog, another: async () => (await another()).revocationLog, close };
  });

  secretStoreContract(`the secret store in ${name}`, async () => {
    const { store, another, close } = await open();
    return { secrets: store.secrets, another: async () => (await another()).secrets, close };
  });

  sessionOriginStoreContract(`the session origin store in ${name}`, async () => {
    const { store, another, close } = await open();
    return { origins: store.sessionOrigins, another: async () => (await another()).sessionOrigins, close };
  });

  signingKeyStoreContract(`the signing key store in ${name}`, async () => {
    const { store, another, close } = await open();
    return { signingKeys: store.signingKeys, another: async () => (await another()).signingKeys, close };
  });

  statusRegistryContract(`the status registry in ${name}`, async () => {
    const { store, another, close } = await open();
    const { statusRegistry: statuses, tokenRegistry: tokens } = store;
    return { statuses, tokens, another: async () => (await another()).statusRegistry, close };
  });

  tokenRegistryContract(`the token registry in ${name}`, async () => {
    const { store, close } = await open();
    return { registry: store.tokenRegistry, close };
  });

  tokenStoreContract(`the token store in ${name}`, async () => {
    const { store, close } = await open();
    const registry = store.tokenRegistry;
    return {
      store: store.tokenStore,
      async save(hash, { claims, expiresAt }) {
        if ((await registry.find(hash)) !== undefined) return;
        await registry.record(anIssuedToken({ hash, claims, expiresAt, issuedUntil: expiresAt }));
      },
      async remove() {
        await registry.purge(Number.MAX_SAFE_INTEGER);
      },
      close,
    };
  });

  test(`In ${name}, the audit log says in the same transaction who revoked what, and when.`, async (t) => {
    const now = 1_790_000_000_000;
    const { store, close } = await open(() => now);
    t.after(close);
    const actor = 'client:operator';
    const entry = { issuer: 'https://acme.example', kind: 'jti', expiresAt: now + 1, reason: 'lost' } as const;
    const values = ['x', 'y\u0000'];
    const revoked = await store.revocationLog.append(values.map((value) => ({ ...entry, value, actor })));
    const records = await store.audit.list({ limit: 10 });
    const expected = values.map((value, index) => {
      const target = String(revoked[index]?.seq);
      return { at: now, actor, action: 'revocation.created', target, details: { ...entry, value } };
    });
    assert.deepEqual(
      records.map(({ seq, ...record }) => JSON.parse(JSON.stringify(record))),
      expected.reverse(),
    );
  });
}

/**
 * How long the program takes from its start until it is ready, with so many live revocations in its store, and what
 * /readyz says meanwhile: `node bench/revocation/load-at-start.ts sqlite|postgres [entries]`.
 */
import { systemClock } from '../../src/base/clock.ts';
import type { NewRevocation, RevocationLog } from '../../src/revocation/index.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { runGatehouse } from '../../test/e2e/running-gatehouse.ts';
import { PostgresServer } from '../../test/store/a-postgres-server.ts';
import { entriesOf } from './many-entries.ts';

const [, , engine = 'sqlite', entries = '1000000'] = process.argv;
const batch = 5000;

async function fill(log: RevocationLog): Promise<void> {
  const expiresAt = systemClock() + 3_600_000;
  for (let first = 0; first < Number(entries); first += batch) {
    await log.append(entriesOf('usual', first, batch).map((entry): NewRevocation => ({ ...entry, expiresAt })));
  }
}

async function main(): Promise<void> {
  const server = engine === 'postgres' ? await PostgresServer.start() : undefined;
  const url = await server?.createDatabase();
  const house = await runGatehouse(
    ({ gateway, admin }) => `
gateway: { listen: 127.0.0.1:${gateway} }
admin: { listen: 127.0.0.1:${admin} }
issuers:
  acme: { issuer: https://acme.example, jwksUri: 'http://127.0.0.1:9/keys' }
apis:
  orders:
    audience: https://orders.example
    route: { path: / }
    upstream: http://127.0.0.1:9
    accept: [acme]
    rules: [{ scopes: [use] }]
    forward: { identity: none }
${url === undefined ? '' : `store: ${url}`}
`,
  );
  await house.end('SIGTERM');
  const path = `${house.folder}/data/gatehouse.db`;
  const store =
    url === undefined
      ? openSqliteStore(path, { clock: systemClock })
      : await openPostgresStore({ url, clock: systemClock });
  await fill(store.revocationLog);
  await store.close();
  for (let round = 0; round < 3; round++) await startOnce(house);
  await house.remove();
  await server?.close();
}

async function startOnce(house: Awaited<ReturnType<typeof runGatehouse>>): Promise<void> {
  const startedAt = performance.now();
  const statuses = new Map<number, number>();
  let isReady = false;
  const restarted = house.restart().then(() => {
    isReady = true;
  });
  while (!isReady) {
    const answer = await fetch(`${house.admin}/readyz`).catch(() => undefined);
    statuses.set(answer?.status ?? 0, (statuses.get(answer?.status ?? 0) ?? 0) + 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await restarted;
  const seconds = (performance.now() - startedAt) / 1000;
  const told = [...statuses].map(([status, count]) => `${status || 'none'} x${count}`).join(', ');
  console.log(`${engine}, ${entries} entries: ready ${seconds.toFixed(2)} s after its start; /readyz: ${told}`);
  await house.end('SIGTERM');
}

await main();

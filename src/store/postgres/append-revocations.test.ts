import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import pg from 'pg';
import { PostgresServer } from '../../../test/store/a-postgres-server.ts';
import { aPostgresStore } from '../../../test/store/a-postgres-store.ts';
import { Appender } from '../../../test/store/appenders.ts';
import { until } from '../../../test/store/until.ts';
import { systemClock } from '../../base/clock.ts';
import { type LogPosition, type NewRevocation, type RevocationLog, startOfLog } from '../../revocation/index.ts';

let server: PostgresServer;
let engine: Awaited<ReturnType<typeof aPostgresStore>>;
let log: RevocationLog;

before(async () => {
  server = await PostgresServer.start();
});
after(() => server.close());
beforeEach(async () => {
  engine = await aPostgresStore(server);
  log = engine.store.revocationLog;
});
afterEach(() => engine.close());

function entry(value = 'mira'): NewRevocation {
  const expiresAt = systemClock() + 3_600_000;
  return { issuer: 'https://acme.example', kind: 'subject', value, expiresAt, actor: 'test' };
}

/** A transaction that can be held open. */
async function transaction(t: { after(end: () => Promise<unknown>): void }): Promise<pg.Client> {
  const client = new pg.Client(engine.url);
  await client.connect();
  t.after(() => client.end());
  await client.query('BEGIN; SET LOCAL search_path = gatehouse');
  return client;
}

test('A reader never skips an entry, however many append at once, in however many processes.', async () => {
  const appenders = [1, 2, 3].map(() => new Appender(engine.url));
  const here = Array.from({ length: 40 }, async (_, n) => log.append(Array.from({ length: n }, () => entry())));
  const seen: number[] = [];
  let position: LogPosition = startOfLog;
  const read = async (): Promise<boolean> => {
    const page = await log.readAfter(position, 1 + Math.floor(Math.random() * 40));
    assert.ok(page !== undefined, 'its own position is unknown to it');
    // Numbers have no gaps: whoever sees one has seen all before it.
    for (const { seq } of page.entries) assert.equal(seq, seen.push(seq));
    position = page.position;
    return page.isLast;
  };
  while (appenders.some(({ acknowledged }) => acknowledged.length < 150)) await read();
  await Promise.all(appenders.map((appender) => appender.kill()));
  const appended = (await Promise.all(here)).flat().map(({ seq }) => seq);
  await until(read);
  const acknowledged = [...appended, ...appenders.flatMap((appender) => appender.acknowledged)];
  assert.equal(new Set(acknowledged).size, acknowledged.length);
  for (const seq of acknowledged) assert.equal(seen[seq - 1], seq);
});

test('What took its number first is visible first: others wait for its commit, and for nothing if it fails.', async (t) => {
  for (const end of ['COMMIT', 'ROLLBACK']) {
    const head = await log.head();
    const slow = await transaction(t);
    const mark = `mark of ${end}`;
    await slow.query(`UPDATE revocation_log SET head = head + 1, mark = '${mark}'`);
    await slow.query(`INSERT INTO revocations (seq, mark, at, issuer, kind, value, expires_at, actor)
      SELECT head, mark, 1, 'i', 'jti', 'slow', 9e12, 'test' FROM revocation_log`);
    let isDone = false;
    const appending = log.append([entry()]).finally(() => {
      isDone = true;
    });
    await until(async () => (await waiting()) === 1, 'waiting for the lock');
    assert.equal(await log.head(), head);
    assert.equal(isDone, false);
    await slow.query(end);
    const [appended] = await appending;
    const entries = (await log.readAfter(startOfLog, 100))?.entries.filter(({ seq }) => seq > head);
    const expected =
      end === 'COMMIT'
        ? [
            [head + 1, 'slow'],
            [head + 2, 'mira'],
          ]
        : [[head + 1, 'mira']];
    assert.deepEqual(
      entries?.map(({ seq, value }) => [seq, value]),
      expected,
    );
    assert.equal(appended?.seq, expected.at(-1)?.[0]);
  }
});

async function waiting(): Promise<unknown> {
  const [row] = await server.query(`SELECT count(*)::integer AS count FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND query LIKE '%revocation_log%'`);
  return row?.['count'];
}

test('With a sequence in its place, a reader would skip what committed late: the trap is real.', async (t) => {
  const [slow, fast, reader] = [await transaction(t), await transaction(t), await transaction(t)];
  await fast.query('COMMIT; CREATE TABLE public.naive (seq BIGSERIAL)');
  await reader.query('COMMIT');
  await slow.query('INSERT INTO public.naive DEFAULT VALUES');
  await fast.query('INSERT INTO public.naive DEFAULT VALUES');
  const { rows } = await reader.query('SELECT seq::integer FROM public.naive WHERE seq > 0 ORDER BY seq');
  await slow.query('COMMIT');
  assert.deepEqual(rows, [{ seq: 2 }]);
  assert.deepEqual((await reader.query('SELECT seq FROM public.naive WHERE seq > 2')).rows, []);
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  activeAnswer,
  anIntrospectionServer,
  aVerifier,
  token,
} from '../../../test/fixtures/an-introspection-server.ts';
import { createObservability } from '../create-observability.ts';

type Line = Readonly<Record<string, unknown>>;

/** What an operator sees of an issuer that is asked. */
async function watch(t: TestContext) {
  let text = '';
  const { metrics, stop } = createObservability(
    { level: 'info' },
    { stream: { write: (line) => (text += line) }, state: {} },
  );
  t.after(stop);
  const server = await anIntrospectionServer(t, { body: activeAnswer });
  return {
    server,
    verifier: aVerifier(t, server.url),
    lines: (): Line[] =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Line),
    async series(name: string): Promise<string[]> {
      return (await metrics()).split('\n').filter((line) => line.startsWith(`gatehouse_${name}`));
    },
  };
}

test('answers are counted and timed per issuer, and make no noise', async (t) => {
  const { server, verifier, lines, series } = await watch(t);
  await verifier.ask('a');
  server.reply = { body: { active: false } };
  await verifier.ask('b');
  assert.deepEqual(await series('introspections_total'), [
    'gatehouse_introspections_total{issuer="legacy",outcome="active"} 1',
    'gatehouse_introspections_total{issuer="legacy",outcome="inactive"} 1',
  ]);
  assert.deepEqual(await series('introspection_duration_seconds_count'), [
    'gatehouse_introspection_duration_seconds_count{issuer="legacy"} 2',
  ]);
  assert.deepEqual(lines(), []);
});

test('an issuer that refuses our credentials is an error, with the remedy, and without any secret', async (t) => {
  const { server, verifier, lines, series } = await watch(t);
  server.reply = { status: 401, body: { error: 'invalid_client', error_description: token } };
  await verifier.ask();
  const [line, ...more] = lines();
  assert.deepEqual(more, []);
  const { level, issuer, code, endpoint, failures } = line ?? {};
  assert.deepEqual(
    { level, issuer, code, endpoint, failures },
    { level: 'error', issuer: 'legacy', code: 'credentials_refused', endpoint: server.url, failures: 1 },
  );
  assert.match(String(line?.['remedy']), /introspection\.client/);
  const told = JSON.stringify([lines(), await series('')]);
  for (const secret of [token, 'gate-secret']) assert.ok(!told.includes(secret));
});

test('an issuer that is down is a warning each time, and an error when it is left alone', async (t) => {
  const { server, verifier, lines, series } = await watch(t);
  server.reply = { status: 503, body: '' };
  for (let time = 0; time < 7; time++) await verifier.ask(`token-${time}`);
  assert.deepEqual(
    lines().map(({ level }) => level),
    ['warn', 'warn', 'warn', 'warn', 'warn', 'error'],
  );
  assert.deepEqual(await series('introspection_circuit_open'), [
    'gatehouse_introspection_circuit_open{issuer="legacy"} 1',
  ]);
  assert.ok(
    (await series('introspections_total')).includes(
      'gatehouse_introspections_total{issuer="legacy",outcome="circuit_open"} 2',
    ),
  );

  server.reply = { body: activeAnswer };
  verifier.time += 2_000;
  await verifier.ask();
  assert.equal(lines().at(-1)?.['msg'], 'issuer answers again');
  assert.deepEqual(await series('introspection_circuit_open'), [
    'gatehouse_introspection_circuit_open{issuer="legacy"} 0',
  ]);
});

test('tokens that pass by grace are counted', async (t) => {
  const { server, verifier, series } = await watch(t);
  await verifier.ask();
  server.reply = { status: 503, body: '' };
  verifier.time += 60_000;
  await verifier.ask(token, 300_000);
  assert.deepEqual(await series('introspection_graces_total'), [
    'gatehouse_introspection_graces_total{issuer="legacy"} 1',
  ]);
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { until } from '../../test/store/until.ts';
import { type Config, parseConfig } from '../config/index.ts';
import { workerLost, workerStarted } from '../workers/index.ts';
import { GatewayWorkers } from './gateway-workers.ts';

const program = [fileURLToPath(new URL('../../test/fixtures/a-gateway-worker.ts', import.meta.url))] as const;

/** Milliseconds that a busy machine may take to start a process. */
const slow = 60_000;

function configOf(realm: string): Config {
  const text = `gateway: { realm: ${realm} }\nstore: none\napis: {}\nrevocation: { follow: { url: 'http://127.0.0.1:1', tokenEndpoint: 'http://127.0.0.1:1', client: { id: a, secret: b } } }\n`;
  const outcome = parseConfig(text, { path: 'gatehouse.yaml', env: {} });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.config;
}

interface Watched {
  readonly workers: GatewayWorkers;
  /** By number. */
  readonly pids: Map<number, number>;
  readonly losses: { readonly reason: string; readonly retryMs: number }[];
}

function twoWorkers(t: TestContext, realm = 'first'): Watched {
  const workers = new GatewayWorkers(configOf(realm), { program, count: 2, output: 1 });
  const pids = new Map<number, number>();
  const losses: Watched['losses'] = [];
  const stops = [
    workerStarted.listen(({ number, pid }) => pids.set(number, pid)),
    workerLost.listen((loss) => losses.push(loss)),
  ];
  t.after(async () => {
    await workers.close(0);
    for (const stop of stops) stop();
  });
  return { workers, pids, losses };
}

const realmsOf = async (workers: GatewayWorkers): Promise<readonly string[]> =>
  (await workers.readiness()).map(({ name }) => name);

test('a configuration is taken over by all workers', async (t) => {
  const { workers } = twoWorkers(t);
  await workers.open();
  assert.equal(workers.serving, 2);
  await workers.takeOver(configOf('second'));
  assert.deepEqual(await realmsOf(workers), ['worker 1: second', 'worker 2: second']);
});

test('where one worker refuses a configuration, all keep the old one, and so does a worker that comes later', async (t) => {
  const { workers, pids } = twoWorkers(t);
  await workers.open();
  await assert.rejects(workers.takeOver(configOf('bad')), /^ForeseenFailure: worker 2 says no/);
  assert.deepEqual(await realmsOf(workers), ['worker 1: first', 'worker 2: first']);
  const pid = pids.get(1) ?? 0;
  process.kill(pid, 'SIGKILL');
  await until(() => pids.get(1) !== pid, 'another worker', slow);
  assert.deepEqual(await realmsOf(workers), ['worker 1: first', 'worker 2: first']);
});

test('a worker that is lost is not ready, and the next one that is lost is replaced later', async (t) => {
  const { workers, pids, losses } = twoWorkers(t);
  await workers.open();
  for (let n = 1; n <= 2; n++) {
    const pid = pids.get(2) ?? 0;
    process.kill(pid, 'SIGKILL');
    await until(() => losses.length === n, 'the loss', slow);
    assert.deepEqual(await workers.readiness(), [
      { name: 'worker 2', ready: false },
      { name: 'worker 1: first', ready: true },
    ]);
    await until(() => pids.get(2) !== pid, 'another worker', slow);
  }
  assert.deepEqual(
    losses.map(({ reason, retryMs }) => [reason, retryMs]),
    [
      ['SIGKILL', 0],
      ['SIGKILL', 250],
    ],
  );
});

test('a first worker that cannot start is a failure with its reason, and is not tried again', async (t) => {
  const { workers, losses } = twoWorkers(t, 'bad');
  await assert.rejects(workers.open(), /worker 2 says no/);
  await workers.close(0);
  assert.deepEqual([workers.serving, losses.length], [0, 0]);
});

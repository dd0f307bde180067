import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { adminAudience, adminScope, bootstrapClientId } from '../../src/protocol/admin-access.ts';
import { until as untilWithin } from '../store/until.ts';
import { aNeighbour, type Neighbour } from './a-neighbour.ts';
import type { Ports } from './free-ports.ts';
import { adminSecret, type RunningGatehouse, runGatehouse } from './running-gatehouse.ts';

/** The program with two gateway workers, as an operator runs it. */
let upstream: Neighbour;
let gatehouse: RunningGatehouse;
/** Answers of the upstream to `/orders/slow` that wait. */
let waiting: (() => void)[] = [];

const secret = 'a secret of the job';

/** A busy machine may take long to start a process. */
const until = (condition: () => unknown, what: string): Promise<void> => untilWithin(condition, what, 60_000);

const config = ({ gateway, provider, admin }: Ports): string => `
gateway: { listen: 127.0.0.1:${gateway}, name: host, workers: 2 }
provider: { listen: 127.0.0.1:${provider}, issuer: http://127.0.0.1:${provider} }
admin: { listen: 127.0.0.1:${admin}, metrics: open }
store: sqlite:./data/gatehouse.db
revocation: { maxStaleness: 1m }
apis:
  orders:
    audience: https://orders.example
    route: { path: /orders }
    upstream: ${upstream.url}
    accept: [provider]
    rules: [{ scopes: [orders:read] }]
    tokens: { format: jwt }
  metered:
    audience: https://metered.example
    route: { path: /metered }
    upstream: ${upstream.url}
    accept: [provider]
    rules: [{ scopes: [metered:read] }]
    tokens: { format: opaque }
consumers:
  job: { clients: [{ issuer: provider, client: metered }], rate: { requests: 20, per: 1d } }
clients:
  - { id: reporting, secret: ${secret}, grants: [client_credentials], scopes: [orders:read] }
  - { id: metered, secret: ${secret}, grants: [client_credentials], scopes: [metered:read] }
`;

before(async () => {
  upstream = await aNeighbour((request, response) => {
    request.resume();
    const answer = (): unknown => response.end('{}');
    if (request.url === '/orders/slow') waiting.push(answer);
    else answer();
  });
  gatehouse = await runGatehouse(config);
});

after(async () => {
  await gatehouse?.remove();
  await upstream?.close();
});

async function tokenOf(client: string, clientSecret: string, resource: string, scope: string): Promise<string> {
  const response = await fetch(`${gatehouse.provider}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${client}:${encodeURIComponent(clientSecret)}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope }),
  });
  const body = (await response.json()) as { access_token?: string };
  return body.access_token ?? assert.fail(JSON.stringify(body));
}

const tokenFor = (api: string, client = 'reporting'): Promise<string> =>
  tokenOf(client, secret, `https://${api}.example`, `${api}:read`);

interface Answer {
  readonly status: number;
  readonly challenge: string;
  /** Tells one process from the other: each numbers its requests by itself. */
  readonly process: string;
}

/** @param agent default: a connection of its own, which either worker may take */
function call(path: string, token: string, agent: Agent | false = false): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = get(
      gatehouse.gateway + path,
      { agent, headers: { authorization: `Bearer ${token}` } },
      (response) => {
        response.resume().on('end', () => {
          const [process = ''] = String(response.headers['x-request-id']).split('-');
          resolve({ status: response.statusCode ?? 0, challenge: response.headers['www-authenticate'] ?? '', process });
        });
      },
    );
    request.on('error', reject);
  });
}

/** Asks until both workers have answered, and returns all answers. */
async function callBoth(path: string, token: string): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  await until(async () => {
    answers.push(...(await Promise.all(Array.from({ length: 4 }, () => call(path, token)))));
    return new Set(answers.map(({ process }) => process)).size === 2;
  }, 'an answer of each worker');
  return answers;
}

const statusesOf = (answers: readonly Answer[]): readonly number[] => [...new Set(answers.map(({ status }) => status))];

async function series(name: string): Promise<number> {
  const text = await (await fetch(`${gatehouse.admin}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(name));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

/** Process ids of the workers that serve, by their numbers. */
function pids(): ReadonlyMap<number, number> {
  const started = gatehouse.output().matchAll(/"number":(\d+),"pid":(\d+),"msg":"gateway worker started"/g);
  return new Map(Array.from(started, ([, number, pid]) => [Number(number), Number(pid)]));
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('Both workers serve, write whole lines with their names to one log, and are counted together.', async () => {
  const token = await tokenFor('orders');
  const counted = await series('gatehouse_requests_total');
  const answers = await callBoth('/orders', token);
  assert.deepEqual(statusesOf(answers), [200]);
  assert.equal((await series('gatehouse_requests_total')) - counted, answers.length);
  assert.equal(await series('gatehouse_workers '), 2);
  const lines = gatehouse
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const names = lines.map((line) => (JSON.parse(line) as { worker?: string }).worker);
  assert.ok(names.includes('host/1') && names.includes('host/2'));
  const { checks } = (await (await fetch(`${gatehouse.admin}/readyz`)).json()) as { checks: { name: string }[] };
  for (const name of ['revocations', 'worker 1: revocations', 'worker 2: store']) {
    assert.ok(
      checks.some((check) => check.name === name),
      name,
    );
  }
});

test('A revocation is applied by each worker when the receipt says so, and both refuse at once.', async () => {
  const token = await tokenFor('orders');
  assert.deepEqual(statusesOf(await callBoth('/orders', token)), [200]);
  const admin = await tokenOf(bootstrapClientId, await adminSecret(gatehouse.folder), adminAudience, adminScope);
  const response = await fetch(`${gatehouse.admin}/revocations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'token', token, wait: 20 }),
  });
  const { receipt } = (await response.json()) as {
    receipt: { complete: boolean; gateways: { name: string; state: string }[] };
  };
  assert.deepEqual(
    receipt.gateways.map(({ name, state }) => [name, state]),
    [
      ['host/1', 'applied'],
      ['host/2', 'applied'],
    ],
  );
  assert.equal(receipt.complete, true);
  assert.deepEqual(statusesOf(await callBoth('/orders', token)), [401]);
});

test('What one worker grants of a rate is missing at the other.', async () => {
  const token = await tokenFor('metered', 'metered');
  const agents: Agent[] = [];
  const byProcess = new Map<string, Agent>();
  await until(async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    agents.push(agent);
    byProcess.set((await call('/elsewhere', token, agent)).process, agent);
    return byProcess.size === 2;
  }, 'a connection to each worker');
  const [one, other] = [...byProcess.values()];
  for (let n = 0; n < 20; n++) assert.equal((await call('/metered', token, one)).status, 200);
  assert.equal((await call('/metered', token, one)).status, 429);
  let granted = 0;
  await until(async () => {
    const { status } = await call('/metered', token, other);
    if (status === 200) granted++;
    else await pause(100);
    return status === 429;
  }, 'a refusal of the other worker');
  // It is told within milliseconds; on its own it would have granted as many again.
  assert.ok(granted < 20, `${granted} were granted`);
  for (const agent of agents) agent.destroy();
});

test('A changed configuration reaches both workers, and a bad one neither.', async () => {
  const file = join(gatehouse.folder, 'gatehouse.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('name: host,', 'name: host, realm: changed,'));
  await until(() => gatehouse.output().includes('the new configuration is in force'), 'the reload');
  for (const { challenge } of await callBoth('/orders/nobody', 'nonsense')) assert.match(challenge, /realm="changed"/);
  await appendFile(file, '\ngatway: {}\n');
  await until(() => gatehouse.output().includes('the new configuration is refused'), 'the refusal');
  for (const { challenge } of await callBoth('/orders/nobody', 'nonsense')) assert.match(challenge, /realm="changed"/);
});

test('A worker that is killed is replaced; the other goes on, and no valid token is refused.', async () => {
  const token = await tokenFor('orders');
  const counted = await series('gatehouse_requests_total');
  const [[number, pid] = [0, 0]] = pids();
  process.kill(pid, 'SIGKILL');
  const statuses = new Set<number>();
  let answered = 0;
  await until(async () => {
    // A connection may break off with the process that holds it.
    const answer = await call('/orders', token).catch(() => undefined);
    if (answer !== undefined) statuses.add(answer.status);
    answered += Number(answer !== undefined);
    return pids().get(number) !== pid;
  }, 'another worker in its place');
  assert.ok(answered > 0);
  await until(async () => (await fetch(`${gatehouse.admin}/readyz`)).ok, 'readiness');
  for (const { status } of await callBoth('/orders', token)) statuses.add(status);
  assert.deepEqual([...statuses], [200]);
  assert.match(gatehouse.output(), /"reason":"SIGKILL","retry_ms":0,"msg":"gateway worker lost/);
  assert.equal(await series('gatehouse_workers_lost_total'), 1);
  assert.ok((await series('gatehouse_requests_total')) >= counted + answered);
});

test('On SIGTERM both workers finish what is under way, and end with the program.', async () => {
  const token = await tokenFor('orders');
  const agents = Array.from({ length: 4 }, () => new Agent({ keepAlive: true }));
  const calls = Promise.all(agents.map((agent) => call('/orders/slow', token, agent)));
  await until(() => waiting.length === 4, 'the calls under way');
  const workers = [...pids().values()];
  const ended = gatehouse.end('SIGTERM');
  await until(
    () =>
      fetch(`${gatehouse.admin}/livez`).then(
        () => false,
        () => true,
      ),
    'closed listeners',
  );
  assert.equal(workers.filter(lives).length > 0, true);
  for (const answer of waiting) answer();
  waiting = [];
  assert.deepEqual(statusesOf(await calls), [200]);
  for (const agent of agents) agent.destroy();
  assert.equal(await ended, 0);
  assert.deepEqual(workers.filter(lives), []);
});

test('A main process that is killed takes its workers with it; a start that fails is told once.', async () => {
  // The file was left with a fault.
  const file = join(gatehouse.folder, 'gatehouse.yaml');
  await writeFile(file, (await readFile(file, 'utf8')).replace('gatway: {}', ''));
  await gatehouse.restart();
  const workers = [...pids().values()];
  const { code, stderr } = await gatehouse.command(['start', '--roles', 'gateway']);
  assert.equal(code, 1);
  assert.deepEqual(stderr.match(/cannot listen on/g), ['cannot listen on']);
  assert.match(stderr, /\(gateway\.listen\): another program listens there\. Remedy: /);
  await gatehouse.end('SIGKILL');
  await until(() => workers.every((pid) => !lives(pid)), 'the end of the workers');
});

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { freePorts } from './free-ports.ts';
import { type CommandResult, runCommand } from './running-gatehouse.ts';

let folder: string;
let taken: Server;
let takenPort: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-'));
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  takenPort = (taken.address() as AddressInfo).port;
});
afterEach(async () => {
  taken.close();
  await rm(folder, { recursive: true, force: true });
});

interface Settings {
  readonly gateway?: number | string;
  readonly provider?: number;
  readonly admin?: number;
  readonly lab?: number;
  readonly upstream?: number;
  readonly store?: string;
  /** Whether tokens of the lab are accepted; then its keys are fetched at start, in vain where it does not run. */
  readonly isFederated?: boolean;
  readonly more?: string;
}

/** A configuration that can be started with, but for what a test sets. */
async function configure(settings: Settings = {}): Promise<void> {
  const free = await freePorts();
  const { provider: upstream, admin: lab } = await freePorts();
  const at = { upstream, lab, store: './data/gatehouse.db', more: '', isFederated: true, ...free, ...settings };
  const issuers = at.isFederated ? `{ lab: { preset: oidc, issuer: 'http://127.0.0.1:${at.lab}' } }` : '{}';
  await writeFile(
    join(folder, 'gatehouse.yaml'),
    `gateway: { listen: ${typeof at.gateway === 'string' ? at.gateway : `127.0.0.1:${at.gateway}`} }
provider: { listen: 127.0.0.1:${at.provider}, issuer: http://127.0.0.1:${at.provider} }
admin: { listen: 127.0.0.1:${at.admin} }
store: sqlite:${at.store}
issuers: ${issuers}
apis:
  orders:
    audience: https://orders.example
    route: { path: /orders }
    upstream: http://127.0.0.1:${at.upstream}
    accept: ${at.isFederated ? '[provider, lab]' : '[provider]'}
    rules: [{ scopes: [orders:read] }]
${at.more}`,
  );
}

const start = (...options: readonly string[]): Promise<CommandResult> => runCommand(folder, ['start', ...options]);

/** Refused for a foreseen reason: nothing but what a person needs, and no stack. */
function assertRefused({ code, stdout, stderr }: CommandResult, expected: RegExp, lines = 1): void {
  assert.equal(code, 1, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, expected);
  assert.match(stderr, /Remedy: /);
  assert.equal(stderr.trimEnd().split('\n').length, lines, stderr);
}

for (const role of ['gateway', 'provider', 'admin']) {
  test(`a taken port of the ${role} is named with its setting`, async () => {
    await configure({ [role]: takenPort, isFederated: false });
    const place = `127\\.0\\.0\\.1:${takenPort} \\(${role}\\.listen\\)`;
    assertRefused(await start(), new RegExp(`^gatehouse: cannot listen on ${place}: another program listens there`));
  });
}

for (const [neighbour, setting] of Object.entries({ lab: 'issuers.lab.issuer', upstream: 'apis.orders.upstream' })) {
  test(`a taken port of the demo's ${neighbour} ends the whole demo`, async () => {
    await configure({ [neighbour]: takenPort });
    const place = `127\\.0\\.0\\.1:${takenPort} \\(${setting}\\)`;
    assertRefused(await start('--demo'), new RegExp(`^gatehouse: cannot listen on ${place}: another program`));
  });
}

test('an address that this machine does not have is refused', async () => {
  await configure({ gateway: '192.0.2.1:8080', isFederated: false });
  assertRefused(await start(), /cannot listen on 192\.0\.2\.1:8080 \(gateway\.listen\): this machine has no such/);
});

test('a store below a file, or of another kind, is refused', async () => {
  await configure({ store: './gatehouse.yaml/gatehouse.db' });
  assertRefused(await start(), /^gatehouse: the store \/.*gatehouse\.db \(store\) cannot be a file\. Remedy: /);
  await configure({ store: './gatehouse.yaml' });
  assertRefused(await start(), /\(store\) is a file of another kind\. Remedy: /);
});

const onLinux = { skip: process.platform !== 'linux' && 'needs a folder in which not even root may write' };

test('a folder in which this user may not write is refused', onLinux, async () => {
  await configure({ store: '/sys/gatehouse.db' });
  assertRefused(await start(), /the store \/sys\/gatehouse\.db \(store\) may not be read and written by this user/);
  assertRefused(await runCommand('/sys', ['start', '--demo']), /cannot write the files of the demo: EACCES/);
});

test('a configuration that is not there is refused, and it is told where to get one', async () => {
  const missing =
    /^gatehouse: the configuration is refused\ngatehouse\.yaml {2}there is no such file\. Remedy: .*--demo/;
  assertRefused(await start(), missing, 2);
});

test('each fault of a configuration is one line with its place, and its secrets stay unsaid', async () => {
  await configure({ more: `gatway: {}\nclients: [{ id: x, secret: "\${NO_SUCH_SECRET}", grants: [password] }]\n` });
  const result = await start();
  assertRefused(result, /gatehouse\.yaml:\d+:\d+ {2}gatway: is unknown\. Remedy: Did you mean gateway\?/, 4);
  assert.match(result.stderr, /clients\[0\]\.secret: the environment variable NO_SUCH_SECRET is not set\. Remedy: /);
});

test('a file that is not YAML is refused with the line', async () => {
  await configure({ more: 'clients: [\n' });
  assertRefused(await start(), /gatehouse\.yaml:\d+:\d+ {2}is not YAML: .* Remedy: Correct the syntax/, 2);
});

test('an unknown role is refused with those that there are', async () => {
  await configure();
  assertRefused(
    await start('--roles', 'gateway,door'),
    /"door" is no role: there are gateway, provider, admin, signals\. Remedy:/,
  );
});

test('a program that does not run is told from one that refuses', async () => {
  await configure();
  for (const command of [['issuers'], ['revoke', '--all', '--issuer', 'lab']]) {
    assertRefused(await runCommand(folder, command), /^gatehouse: cannot read the admin client's secret: /);
  }
  await mkdir(join(folder, 'data'));
  await writeFile(join(folder, 'data', 'gatehouse-admin.secret'), 'of a start before');
  const started = /no answer from the provider at http:\S+: The connection was refused\. Remedy: start it with/;
  assertRefused(await runCommand(folder, ['keys', 'list']), started);
});

test('a command line that is not understood is one line, and says where to look', async () => {
  await configure();
  const refusals: readonly (readonly [readonly string[], RegExp])[] = [
    [['strat'], /unknown command 'strat' \(Did you mean start\?\)\. Remedy: see `gatehouse --help`/],
    [['token'], /required option '--api <name>' not specified\. Remedy: see `gatehouse token --help`/],
    [['keys', 'list', '--bogus'], /unknown option '--bogus'\. Remedy: see `gatehouse keys list --help`/],
    [['token', '--api', 'nope'], /no API is named "nope"\. Remedy: name one of these: orders/],
    [['token', '--api', 'orders', '--client', 'x'], /no client "x" has a secret and the grant client_credentials/],
    [['explain', '--api', 'nope'], /no API is named "nope"\. Remedy: name one of these: orders/],
    [['explain', '--api', 'orders'], /the token is missing\. Remedy: send it to standard input/],
    [['revoke', '--subject', 'ada'], /--subject does not say whose tokens\. Remedy: .* --issuer: provider, lab/],
    [['revoke', '--key', 'k', '--all'], /--key, --all name several things\. Remedy: revoke one at a time/],
    [['revoke', '--subject', 'a', '--before', 'soon'], /'soon' is invalid\. Write a time such as 20/],
    [['hash-password'], /the password is missing\. Remedy: send it to standard input/],
  ];
  const results = await Promise.all(refusals.map(([command]) => runCommand(folder, command)));
  for (const [index, [, expected]] of refusals.entries()) assertRefused(results[index]!, expected);
});

test('without a command the help is shown, and nothing was done', async () => {
  const { code, stdout, stderr } = await runCommand(folder, []);
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /^Usage: gatehouse/);
});

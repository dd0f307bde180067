import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serveSecurely } from '../fixtures/a-server.ts';
import { createAuthority } from '../fixtures/certificates.ts';
import { runCommand } from './running-gatehouse.ts';

let folder: string;
let lab: ChildProcess;
/** What the lab has printed. */
let guide = '';
let origin: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-issuers-'));
  const program = fileURLToPath(new URL('../../bin/gatehouse.js', import.meta.url));
  lab = spawn(process.execPath, [program, 'lab', '--port', '0'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const text of lab.stdout?.setEncoding('utf8') ?? []) {
    guide += text;
    if (guide.includes('issuers test')) break;
  }
  origin = /ready at (\S+)\. Ctrl-C/.exec(guide)?.[1] ?? '';
});

after(async () => {
  lab.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function post(path: string, form: Record<string, string>): Promise<Response> {
  return fetch(`${origin}${path}`, { method: 'POST', body: new URLSearchParams(form) });
}

const apis = (name: string): string => `store: sqlite:./x.db
provider: { issuer: http://127.0.0.1:8081 }
apis:
  orders:
    audience: https://orders.example
    route: { path: /orders }
    upstream: http://127.0.0.1:9000
    accept: [${name}]
    rules: [{ scopes: [orders:read] }]
    forward: { identity: headers }
`;

test('before there is a configuration, an issuer is tried, and what to configure is printed and accepted', async () => {
  const issuer = `${origin}/okta/oauth2/default`;
  const tried = await runCommand(folder, ['issuers', 'test', issuer]);
  assert.deepEqual([tried.code, tried.stderr], [0, '']);
  assert.match(tried.stdout, /✓ discovery .*\n +Okta, custom authorization server \(preset okta\)/);

  const { code, stdout } = await runCommand(folder, ['issuers', 'add', issuer]);
  assert.equal(code, 0);
  assert.match(stdout, /^# Okta, custom authorization server: preset okta, since/);
  await writeFile(join(folder, 'pasted.yaml'), stdout + apis('okta'));
  const checked = await runCommand(folder, ['check', '--config', 'pasted.yaml']);
  assert.deepEqual([checked.code, checked.stdout], [0, 'pasted.yaml: accepted\n']);
});

test('an issuer that is broken is named by what is wrong, with exit code 1', async (t) => {
  const path = '/keycloak/realms/lab';
  t.after(() => post(`${path}/break`, { fault: 'none' }));
  await post(`${path}/break`, { fault: 'html' });
  const tried = await runCommand(folder, ['issuers', 'test', origin + path]);
  assert.equal(tried.code, 1);
  assert.match(tried.stdout, /✗ discovery +not_json: The answer is not JSON\.\n[\s\S]* remedy: /);
  const added = await runCommand(folder, ['issuers', 'add', origin + path]);
  assert.deepEqual([added.code, added.stdout], [1, tried.stdout]);
});

test('what is no issuer, and what is not understood, are told in one line', async () => {
  for (const args of [['test', 'a b'], ['add', 'https://ada:secret@id.example'], ['test'], ['elsewhere']]) {
    const { code, stdout, stderr } = await runCommand(folder, ['issuers', ...args]);
    assert.deepEqual([code, stdout, stderr.split('\n').length], [1, '', 2], stderr);
    assert.match(stderr, /^gatehouse: .*Remedy: /);
  }
});

test('a configuration lends its authorities, and its issuers by name', async (t) => {
  const authority = createAuthority();
  let issuer = '';
  const port = await serveSecurely(t, authority.issue('localhost'), (request, response) => {
    const document = { issuer, jwks_uri: `${origin}/jwks` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
    request.resume();
  });
  issuer = `https://localhost:${port}`;
  await writeFile(join(folder, 'ca.pem'), authority.cert);
  const config = `issuers: { acme: { issuer: '${issuer}' } }\noutbound: { ca: ca.pem, proxy: none }\n${apis('acme')}`;
  await writeFile(join(folder, 'with-ca.yaml'), config);

  const alone = await runCommand(folder, ['issuers', 'test', issuer]);
  assert.match(alone.stdout, /✗ connect +tls_untrusted: .*\n[\s\S]*remedy: .*outbound\.ca/);
  assert.match(alone.stdout, /\nNo configuration was read: with --config FILE, its `outbound` .* counts\.\n$/);
  for (const target of [issuer, 'acme']) {
    const trusted = await runCommand(folder, ['issuers', 'test', '--config', 'with-ca.yaml', target]);
    assert.deepEqual([trusted.code, trusted.stderr], [0, ''], trusted.stdout);
  }
  const taken = await runCommand(folder, ['issuers', 'add', '--config', 'with-ca.yaml', `${origin}/adfs`]);
  assert.match(taken.stdout, /\n {2}adfs:\n/);
});

test('an issuer is tried by the name that it has in the configuration, and by no other', async (t) => {
  const named = `issuers: { mine: { issuer: '${origin}' } }\n${apis('mine')}`;
  const usual = join(folder, 'gatehouse.yaml');
  await writeFile(usual, named);
  t.after(() => rm(usual));
  const { code, stdout } = await runCommand(folder, ['issuers', 'test', 'mine']);
  assert.deepEqual([code, stdout.slice(-39)], [0, 'passed: this issuer can be configured.\n']);
  const other = await runCommand(folder, ['issuers', 'test', 'minne']);
  assert.deepEqual(
    [other.code, other.stderr],
    [1, 'gatehouse: no issuer is named "minne". Remedy: name one of these: mine; write a host as https://minne\n'],
  );
});

test('a document without an issuer is told as such, and nothing is proposed for it', async (t) => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ jwks_uri: `${origin}/jwks` }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const added = await runCommand(folder, ['issuers', 'add', `http://127.0.0.1:${port}`]);
  assert.deepEqual([added.code, added.stderr], [1, '']);
  assert.match(added.stdout, /✗ issuer +discovery_without_issuer: /);
});

test('the lab says what it serves, and ends at a signal', async () => {
  assert.match(guide, /lab-google:\n {4}preset: google/);
  lab.kill('SIGTERM');
  const [code] = await once(lab, 'exit');
  assert.equal(code, 0);
  await assert.rejects(fetch(origin));
});

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { adminAudience, adminScope, bootstrapClientId } from '../../src/protocol/admin-access.ts';
import type { Ports } from './free-ports.ts';
import { adminSecret, type CommandResult, type RunningGatehouse, runGatehouse } from './running-gatehouse.ts';

let house: RunningGatehouse;

const config = ({ gateway, provider, admin }: Ports): string => `
gateway: { listen: 127.0.0.1:${gateway}, name: here }
provider: { listen: 127.0.0.1:${provider}, issuer: http://127.0.0.1:${provider} }
admin: { listen: 127.0.0.1:${admin} }
store: sqlite:./data/gatehouse.db
issuers:
  acme: { issuer: 'http://127.0.0.1:1', jwksUri: 'http://127.0.0.1:1/jwks' }
apis:
  orders:
    audience: https://orders.example
    route: { path: /orders }
    upstream: http://127.0.0.1:1
    accept: [provider, acme]
    rules: [{ scopes: ['orders:read'] }]
    tokens: { format: opaque }
    forward: { identity: headers }
clients:
  - { id: reporting, secret: a secret of the job, grants: [client_credentials], scopes: ['orders:read'] }
`;

before(async () => {
  house = await runGatehouse(config);
});

after(() => house?.remove());

const run = (command: string, input?: string): Promise<CommandResult> => house.command(command.split(' '), input);

/** A gateway that says that it is there, and follows nothing. */
async function reportGateway(name: string): Promise<void> {
  const secret = await adminSecret(house.folder);
  const asked = await fetch(`${house.provider}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${bootstrapClientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: adminAudience, scope: adminScope }),
  });
  const { access_token: token } = (await asked.json()) as { access_token: string };
  const reported = await fetch(`${house.admin}/gateways/${randomUUID()}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, started_at: '2026-11-24T08:00:00Z', applied: ':0', lease_ms: 600_000 }),
  });
  assert.equal(reported.status, 204);
}

test('who waits gets a receipt, and exit code 0 when it is complete', async () => {
  const { stdout: token } = await run('token --api orders --client reporting');
  const { code, stdout, stderr } = await run('revoke --wait 30s --reason leaked', token);
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(
    stdout,
    /^revoked: the token, of http:\S+ \(entry 1 of the log\)\n {2}here {2}applied after [\d.]+ m?s\ncomplete: applied on 1 of 1 gateway, after [\d.]+ m?s\n$/,
  );
});

test('what many tokens would die by is refused where nobody can confirm it, with their number', async () => {
  const { code, stdout, stderr } = await run('revoke --issuer provider --all');
  assert.deepEqual([code, stdout, stderr.split('\n').length], [1, '', 2]);
  assert.match(stderr, /^gatehouse: this would revoke all tokens .*\(\d+ that have not expired; .*Remedy: add --yes/);
  const bounded = await run('revoke --issuer acme --all --before 2026-11-24');
  assert.equal(bounded.code, 0, bounded.stderr);
  const meant = await run('revoke --issuer acme --key k1 --yes');
  assert.equal(meant.code, 0, meant.stderr);
});

test('a revocation is found again: by whom, why, when, and where it is in force', async () => {
  const revoked = await run('revoke --issuer acme --subject mira --client web --reason left --wait 30s --json');
  const [{ seq }] = JSON.parse(revoked.stdout).items;
  const listed = await run('revocations --issuer acme --subject mira --since 1h');
  assert.match(
    listed.stdout,
    new RegExp(`^SEQ +WHEN .*\\n${seq} .* subject mira with client web .* client:${bootstrapClientId} +left\\n$`),
  );
  const shown = await run(`revocations show ${seq}`);
  assert.match(shown.stdout, /^what: {3}all tokens of subject mira that client web holds from http:\S+ issued until /m);
  assert.match(shown.stdout, /^where: {2}applied on 1 of 1\n {2}here {2}applied\n$/m);
});

test('the list is read page by page', async () => {
  const first = await run('revocations --limit 1');
  const [, more = ''] = /add (--cursor \S+)/.exec(first.stdout) ?? [];
  const { next, items } = JSON.parse((await run(`revocations --limit 200 --json ${more}`)).stdout);
  assert.deepEqual([next, items.at(-1).seq], [null, 1]);
});

test('what is asked wrongly is refused in one line, with the remedy', async () => {
  const wrong = ['revocations --issuer acne', 'revocations show first', 'revoke --wait 61s'];
  for (const command of wrong) {
    const { code, stdout, stderr } = await run(command);
    assert.deepEqual([code, stdout, stderr.split('\n').length], [1, '', 2], command);
  }
});

test('a gateway that does not follow is named, and the exit code is 2: it is revoked, but not yet everywhere', async () => {
  await reportGateway('stuck');
  const gateways = await run('gateways');
  assert.match(gateways.stdout, /^here +live +(\d+) of \1 /m);
  assert.match(gateways.stdout, /^stuck +live +0 of \d+ /m);
  const { code, stdout } = await run('revoke --issuer acme --subject noor --wait 500ms');
  assert.equal(code, 2);
  assert.match(
    stdout,
    /^revoked: [\s\S]*^ {2}stuck {2}pending, .*\nincomplete: applied on 1 of 2 gateways, 1 pending, /m,
  );
});

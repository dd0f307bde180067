import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { staleServed } from '../access/index.ts';
import { adminCalls } from '../admin/index.ts';
import { type RequestFinished, requestFinished, tunnelClosed } from '../gateway/index.ts';
import { keySkipped, keysNotRefreshed, keysRefreshed } from '../issuers/index.ts';
import { generateOpaqueToken, tokenLookups } from '../opaque/index.ts';
import { rejection } from '../protocol/rejection.ts';
import {
  federationFailed,
  federationOffered,
  guessingLimited,
  keysRotated,
  providerFailed,
  requestRefused,
  signInFailed,
  tokenExchanged,
  tokenIssued,
} from '../provider/index.ts';
import {
  presenceUnreported,
  type Revocation,
  receiptGiven,
  revocationLogUnreadable,
  revocationsAppended,
  revocationsApplied,
} from '../revocation/index.ts';
import { statusListsFetched, statusListsNotFetched } from '../status/index.ts';
import { createObservability, type Observability } from './create-observability.ts';
import type { LogLevel } from './logger.ts';
import type { ProcessState } from './observe-state.ts';

type Line = Readonly<Record<string, unknown>>;

interface Watched extends Observability {
  readonly lines: () => readonly Line[];
  readonly raw: () => string;
  /** The value of one time series, by its name and labels as Prometheus writes them. */
  value(series: string): Promise<number | undefined>;
}

function watch(t: TestContext, state: ProcessState = {}, level: LogLevel = 'info'): Watched {
  let text = '';
  const observability = createObservability({ level }, { stream: { write: (line) => (text += line) }, state });
  t.after(observability.stop);
  return {
    ...observability,
    raw: () => text,
    lines: () =>
      text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Line),
    async value(series) {
      const line = (await observability.metrics()).split('\n').find((one) => one.startsWith(`${series} `));
      return line === undefined ? undefined : Number(line.slice(series.length));
    },
  };
}

const request: RequestFinished = {
  requestId: 'r-1',
  face: 'forward',
  peer: '127.0.0.1',
  method: 'GET',
  host: 'api.example.com',
  path: '/orders/7',
  api: 'orders',
  status: 200,
  isAborted: false,
  durationMs: 12,
  upstreamMs: 9,
  bytesIn: 0,
  bytesOut: 512,
  rejection: undefined,
  caller: {
    issuer: 'https://acme.example',
    subject: 'mira',
    client: 'web',
    consumer: 'portal',
    tokenHash: 'ab'.repeat(32),
  },
};

const revocation: Revocation = {
  seq: 7,
  at: 1_800_000_000_000,
  issuer: 'https://acme.example',
  kind: 'subject',
  value: 'mira',
  before: 1_800_000_000,
  expiresAt: 1_800_000_600_000,
  reason: 'left',
  actor: 'client:operator',
};

test('a request that was let in is one line at info, with who called', (t) => {
  const watched = watch(t);
  requestFinished.announce(request);
  const [{ time, ...line } = {}, ...more] = watched.lines();
  assert.deepEqual(more, []);
  assert.deepEqual(line, {
    level: 'info',
    msg: 'request',
    request_id: 'r-1',
    face: 'forward',
    peer: '127.0.0.1',
    method: 'GET',
    host: 'api.example.com',
    path: '/orders/7',
    api: 'orders',
    status: 200,
    duration_ms: 12,
    upstream_ms: 9,
    bytes_in: 0,
    bytes_out: 512,
    issuer: 'https://acme.example',
    subject: 'mira',
    client: 'web',
    consumer: 'portal',
    token_hash: 'ab'.repeat(32),
  });
});

test('a refusal is a line at warn with its private half, a failure one at error', (t) => {
  const watched = watch(t);
  const facts = { claim: 'aud', value: 'https://other.example' };
  requestFinished.announce({ ...request, status: 401, rejection: rejection('audience_mismatch', facts) });
  requestFinished.announce({ ...request, status: 503, rejection: rejection('issuer_unavailable') });
  requestFinished.announce({ ...request, status: 502, rejection: undefined });
  requestFinished.announce({ ...request, status: 501, rejection: rejection('method_unsupported') });
  const [refused, failed, upstream, unsupported] = watched.lines();
  assert.deepEqual(
    [refused?.['level'], refused?.['code'], refused?.['check'], refused?.['facts']],
    ['warn', 'audience_mismatch', 'policy', facts],
  );
  assert.deepEqual([failed?.['level'], upstream?.['level']], ['error', 'error']);
  assert.equal(unsupported?.['level'], 'warn', 'a client can ask for that whenever it likes');
});

test('requests are counted by API, status, check and code, and by nothing that a caller chooses', async (t) => {
  const watched = watch(t);
  requestFinished.announce(request);
  requestFinished.announce({
    ...request,
    path: '/orders/8',
    method: 'SURPRISE',
    status: 401,
    rejection: rejection('token_expired'),
  });
  requestFinished.announce({ ...request, api: undefined, status: undefined, host: 'a.b', isAborted: true });
  const total = 'gatehouse_requests_total';
  assert.equal(await watched.value(`${total}{api="orders",status="200",check="none",code="none"}`), 1);
  assert.equal(await watched.value(`${total}{api="orders",status="401",check="expiry",code="token_expired"}`), 1);
  assert.equal(await watched.value(`${total}{api="none",status="none",check="none",code="none"}`), 1);
  assert.equal(await watched.value('gatehouse_request_duration_seconds_count{api="orders"}'), 2);
  assert.equal(await watched.value('gatehouse_request_duration_seconds_sum{api="orders"}'), 0.024);
  const text = await watched.metrics();
  for (const chosen of ['SURPRISE', '/orders/8', 'a.b', 'mira']) assert.ok(!text.includes(chosen));
});

test('no token gets into the log, wherever an announcement carries one', (t) => {
  const watched = watch(t, {}, 'debug');
  const token = generateOpaqueToken();
  const facts = { value: token, nested: [{ reason: `no such token ${token}` }] };
  requestFinished.announce({ ...request, path: `/orders/${token}`, rejection: rejection('internal_error', facts) });
  providerFailed.announce({ where: 'token endpoint', error: new Error(`UNIQUE constraint: ${token}`) });
  requestRefused.announce({ endpoint: 'token', client: token, error: 'invalid_grant', reason: `bad ${token}` });
  revocationLogUnreadable.announce({ error: new Error('x', { cause: new Error(token) }) });
  assert.equal(watched.lines().length, 4);
  assert.ok(!watched.raw().includes(token.slice(8)));
});

test('revocations are counted, logged with who and what, and their lag is measured', async (t) => {
  const watched = watch(t);
  revocationsAppended.announce({ entries: [revocation] });
  revocationsApplied.announce({ entries: [revocation], at: revocation.at + 20, initial: false });
  revocationsApplied.announce({ entries: [{ ...revocation, seq: 8 }], at: revocation.at + 1e9, initial: true });
  const [line] = watched.lines();
  assert.deepEqual([line?.['msg'], line?.['actor'], line?.['value']], ['revoked', 'client:operator', 'mira']);
  assert.equal(await watched.value('gatehouse_revocations_appended_total{kind="subject"}'), 1);
  assert.equal(await watched.value('gatehouse_revocations_applied_total{kind="subject"}'), 2);
  assert.equal(await watched.value('gatehouse_revocation_lag_seconds_count'), 1);
  assert.equal(await watched.value('gatehouse_revocation_lag_seconds_sum'), 0.02);
  assert.equal(await watched.value('gatehouse_revocation_seq'), 8);
});

test('receipts are counted, with how long a revocation took to each gateway', async (t) => {
  const watched = watch(t);
  const applied = { id: 'a', name: 'here', state: 'applied', afterMs: 4, silentMs: 1 } as const;
  const silent = { id: 'b', name: 'there', state: 'silent', afterMs: undefined, silentMs: 9000 } as const;
  receiptGiven.announce({ seq: 7, complete: true, waitedMs: 4, gateways: [applied, silent] });
  assert.equal(await watched.value('gatehouse_revocation_receipts_total{complete="true"}'), 1);
  assert.equal(await watched.value('gatehouse_revocation_spread_seconds_count'), 1);
  assert.equal(await watched.value('gatehouse_revocation_spread_seconds_sum'), 0.004);
});

test('a gateway that cannot say it is there is an error', async (t) => {
  const watched = watch(t);
  presenceUnreported.announce({ error: new Error('no connection') });
  assert.equal(watched.lines().at(0)?.['msg'], 'could not say that this gateway is there');
  assert.equal(await watched.value('gatehouse_presence_failures_total'), 1);
});

test('what an API lets in while revocations may have been missed is counted', async (t) => {
  const watched = watch(t);
  staleServed.announce({ api: 'news' });
  assert.equal(await watched.value('gatehouse_stale_decisions_total{api="news"}'), 1);
});

test('keys that cannot be had are an error once none serve, a warning before', async (t) => {
  const watched = watch(t);
  const failure = { code: 'key_set_empty', title: 'Empty.', remedy: 'Look.', facts: {} } as const;
  keysRefreshed.announce({ issuer: 'acme', jwksUri: 'https://acme.example/jwks', keys: 2, changed: true });
  keysNotRefreshed.announce({ issuer: 'acme', failure, failures: 1, usableUntil: 1_800_000_000_000 });
  keysNotRefreshed.announce({ issuer: 'acme', failure, failures: 2, usableUntil: undefined });
  keySkipped.announce({ issuer: 'acme', kid: 'k', reason: 'weak' });
  assert.deepEqual(
    watched.lines().map(({ level }) => level),
    ['info', 'warn', 'error', 'warn'],
  );
  assert.equal(await watched.value('gatehouse_key_set_fetches_total{issuer="acme",outcome="ok"}'), 1);
  assert.equal(await watched.value('gatehouse_key_set_fetches_total{issuer="acme",outcome="key_set_empty"}'), 2);
  assert.equal(await watched.value('gatehouse_issuer_keys{issuer="acme"}'), 2);
});

test('a status list that cannot be had is an error once none serves, a warning before', async (t) => {
  const watched = watch(t, {}, 'debug');
  const failure = { code: 'list_expired', title: 'Expired.', remedy: 'Look.', facts: {} } as const;
  const list = { issuer: 'acme', uri: 'https://acme.example/lists/1' };
  statusListsFetched.announce({ ...list, entries: 1024, freshUntil: 1_800_000_000_000 });
  statusListsNotFetched.announce({ ...list, failure, failures: 1, usableUntil: 1_800_000_000_000 });
  statusListsNotFetched.announce({ ...list, failure, failures: 2, usableUntil: undefined });
  assert.deepEqual(
    watched.lines().map(({ level, uri }) => [level, uri]),
    [
      ['debug', list.uri],
      ['warn', list.uri],
      ['error', list.uri],
    ],
  );
  const total = 'gatehouse_status_list_fetches_total';
  assert.equal(await watched.value(`${total}{issuer="acme",outcome="ok"}`), 1);
  assert.equal(await watched.value(`${total}{issuer="acme",outcome="list_expired"}`), 2);
});

test('what the provider announces is logged and counted', async (t) => {
  const watched = watch(t);
  const facts = { id: 'j', kind: 'opaque', client: 'web', subject: 'mira', scopes: [] } as const;
  const whole = { ...facts, claims: { email: 'mira@example.com' } };
  tokenIssued.announce({ ...whole, audience: 'https://api.example.com', expiresAt: 1_800_000_000_000 });
  const subjectToken = { issuer: 'https://acme.example', hash: 'h', subject: '00u1', client: 'acme-app' };
  const exchanged = { ...facts, grant: 'token-exchange', audience: undefined, expiresAt: 1, subjectToken } as const;
  tokenExchanged.announce(exchanged);
  signInFailed.announce({ subject: undefined, client: 'web', address: '192.0.2.1' });
  guessingLimited.announce({ name: 'client:web', address: '192.0.2.1', retryAfterSeconds: 60 });
  keysRotated.announce({ activated: 'a', signsFrom: 1_800_000_000_000, next: 'b' });
  assert.equal(
    await watched.value('gatehouse_tokens_issued_total{audience="https://api.example.com",kind="opaque"}'),
    1,
  );
  const counted = 'gatehouse_tokens_exchanged_total{grant="token-exchange",issuer="https://acme.example"}';
  assert.equal(await watched.value(counted), 1);
  assert.equal(await watched.value('gatehouse_sign_ins_total{outcome="failed"}'), 1);
  assert.equal(await watched.value('gatehouse_guessing_limited_total'), 1);
  assert.equal(await watched.value('gatehouse_key_rotations_total'), 1);
  assert.deepEqual(
    watched.lines().map(({ msg }) => msg),
    ['token issued', 'token exchanged', 'sign-in failed', 'guessing limited', 'signing keys rotated'],
  );
  assert.ok(!JSON.stringify(watched.lines()).includes('mira@example.com'), 'claims about a person stay out of the log');
});

test('a failed sign-in at a federated issuer is logged with its remedy, and what must be registered there is said', async (t) => {
  const watched = watch(t);
  const redirectUri = 'https://id.example.com/federation/acme/callback';
  federationOffered.announce({ issuer: 'acme', redirectUri });
  const failure = {
    code: 'client_refused',
    reason: 'the issuer says invalid_client',
    remedy: 'See the secret.',
  } as const;
  federationFailed.announce({ issuer: 'acme', ...failure, client: 'web', address: '192.0.2.1' });
  const [offered, failed] = watched.lines();
  assert.equal(offered?.['redirectUri'], redirectUri);
  assert.deepEqual([failed?.['level'], failed?.['code'], failed?.['remedy']], ['warn', failure.code, failure.remedy]);
  assert.equal(await watched.value('gatehouse_sign_ins_total{outcome="failed"}'), 1);
});

test('lookups, tunnels and admin calls are counted', async (t) => {
  const watched = watch(t);
  tokenLookups.announce({ issuerName: 'provider', outcome: 'unknown' });
  const traffic = { durationMs: 5, bytesIn: 1, bytesOut: 2 };
  tunnelClosed.announce({ requestId: 'r', api: 'orders', ...traffic, reason: 'idle' });
  const call = { requestId: 'r', method: 'GET', path: '/tokens/:id', status: 404, durationMs: 1, facts: undefined };
  adminCalls.announce({ ...call, actor: 'client:operator', code: 'resource_unknown' });
  assert.equal(await watched.value('gatehouse_opaque_lookups_total{issuer="provider",outcome="unknown"}'), 1);
  assert.equal(await watched.value('gatehouse_tunnels_closed_total{api="orders",reason="idle"}'), 1);
  assert.equal(await watched.value('gatehouse_admin_calls_total{path="/tokens/:id",status="404"}'), 1);
  assert.equal(watched.lines().at(-1)?.['level'], 'warn');
});

test('state is read when metrics are asked for, and a process has its own metrics', async (t) => {
  let remembered = 3;
  const watched = watch(t, { rememberedTokens: () => remembered, revocationStalenessMs: () => 250 });
  assert.equal(await watched.value('gatehouse_remembered_tokens'), 3);
  remembered = 4;
  assert.equal(await watched.value('gatehouse_remembered_tokens'), 4);
  assert.equal(await watched.value('gatehouse_revocation_staleness_seconds'), 0.25);
  assert.equal(await watched.value('gatehouse_revocation_entries'), undefined);
  assert.match(await watched.metrics(), /nodejs_eventloop_lag_p99_seconds/);
});

test('a level that is off costs no line, and what was stopped hears nothing', async (t) => {
  const quiet = watch(t, {}, 'error');
  requestFinished.announce(request);
  assert.equal(quiet.raw(), '');
  const stopped = watch(t);
  stopped.stop();
  requestFinished.announce(request);
  assert.equal(stopped.raw(), '');
});

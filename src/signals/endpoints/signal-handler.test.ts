import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import {
  ada,
  announcedDuring,
  aReceiver,
  audience,
  nowSeconds,
  type ReceiverUnderTest,
} from '../../../test/fixtures/a-receiver.ts';
import { serve } from '../../../test/fixtures/a-server.ts';
import { addressBlocks } from '../../base/address-blocks.ts';
import { signalRefused, signalsFailed } from '../channels.ts';
import { createSignals } from '../create-signals.ts';

const unused = { send: () => Promise.reject(), getJson: () => Promise.reject(), close: () => Promise.resolve() };

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

async function listening(t: TestContext, subject: ReceiverUnderTest, trusted: readonly string[] = []) {
  const options = () => ({ receivers: [subject.receiver], trustedProxies: addressBlocks(trusted) });
  const signals = createSignals(options(), { ...subject.dependencies, http: unused as never });
  const port = await serve(t, (request, response) => void signals.handler(request, response));
  const send = async (path: string, init: RequestInit): Promise<Reply> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', ...init });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
  };
  const push = (set: string, headers: Readonly<Record<string, string>> = {}, path = '/signals/acme') =>
    send(path, { body: set, headers: { 'content-type': 'application/secevent+jwt', ...headers } });
  return { send, push, reload: () => signals.reload(options()) };
}

function logoutForm(subject: ReceiverUnderTest, claims: object = {}): URLSearchParams {
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const ordinary = { aud: 'gatehouse', iat: nowSeconds, jti: `l-${Math.random()}`, sid: 's-1', events };
  return new URLSearchParams({
    logout_token: subject.issuer.sign({ ...ordinary, ...claims } as never, { typ: 'logout+jwt' }),
  });
}

function bearer(subject: ReceiverUnderTest): string {
  const claims = { aud: 'https://signals.example/global-token-revocation/acme', sub: 'app', jti: `g-${Math.random()}` };
  const times = { iat: nowSeconds, exp: nowSeconds + 300 };
  return subject.issuer.sign({ ...claims, ...times } as never, { typ: 'global-token-revocation+jwt' });
}

test('A pushed SET is answered as RFC 8935 says: 202 and nothing, or 400 with err and description.', async (t) => {
  const subject = aReceiver();
  const { push } = await listening(t, subject);
  const taken = await push(subject.set());
  assert.deepEqual([taken.status, taken.body, taken.headers.get('cache-control')], [202, undefined, 'no-store']);
  const refused = await push(subject.set({ aud: 'https://other.example' }));
  assert.equal(refused.status, 400);
  assert.equal(refused.headers.get('content-type'), 'application/json');
  assert.equal(refused.headers.get('content-language'), 'en');
  assert.deepEqual(refused.body, { err: 'invalid_audience', description: 'The token is for another audience.' });
  const errors = await Promise.all(
    [subject.set({ iss: 'https://x.example' }), aReceiver().set(), 'x', subject.set({ sub_id: 1 })].map((set) =>
      push(set),
    ),
  );
  assert.deepEqual(
    errors.map(({ body }) => (body as { err: string }).err),
    ['invalid_issuer', 'invalid_key', 'invalid_request', 'invalid_request'],
  );
});

test('A logout token in a form is answered with 200, or with 400 and why.', async (t) => {
  const subject = aReceiver();
  const { send } = await listening(t, subject);
  assert.equal((await send('/logout/acme', { body: logoutForm(subject) })).status, 200);
  const refused = await send('/logout/acme', { body: logoutForm(subject, { nonce: 'n' }) });
  assert.deepEqual(
    [refused.status, refused.body],
    [400, { error: 'invalid_request', error_description: 'A claim of the token has an invalid value.' }],
  );
  const token = logoutForm(subject);
  token.append('logout_token', 'another');
  for (const body of [token, new URLSearchParams({ other: 'x' })]) {
    assert.equal((await send('/logout/acme', { body })).status, 400);
  }
});

test('A global revocation is answered with 204, 401 for who asks, 400 for what is asked.', async (t) => {
  const subject = aReceiver();
  const { send } = await listening(t, subject);
  const ask = (body: unknown, authorization?: string): Promise<Reply> =>
    send('/global-token-revocation/acme', {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    });
  assert.equal((await ask({ sub_id: ada }, `Bearer ${bearer(subject)}`)).status, 204);
  const stranger = await ask({ sub_id: ada }, `Bearer ${bearer(aReceiver())}`);
  assert.deepEqual([stranger.status, stranger.headers.get('www-authenticate')], [401, 'Bearer']);
  assert.equal((await ask({ sub_id: ada })).status, 401);
  assert.equal((await ask({ sub_id: ada }, 'Basic eDp5')).status, 401);
  const phone = { format: 'phone_number', phone_number: '+44' };
  assert.equal((await ask({ sub_id: phone }, `Bearer ${bearer(subject)}`)).status, 400);
  assert.equal((await ask({}, `Bearer ${bearer(subject)}`)).status, 400);
  assert.equal(subject.revoked.length, 1);
});

test('Only a POST of the right media type and a bearable size is read.', async (t) => {
  const subject = aReceiver();
  const { send, push } = await listening(t, subject);
  assert.equal((await send('/signals/acme', { method: 'GET' })).status, 400);
  assert.equal((await push(subject.set(), { 'content-type': 'application/json' })).status, 400);
  assert.equal((await push(subject.set(), { 'content-type': 'Application/SecEvent+JWT; charset=utf-8' })).status, 202);
  const large = await push('x'.repeat(70_000));
  assert.deepEqual([large.status, (large.body as { err: string }).err], [400, 'invalid_request']);
  assert.equal(subject.revoked.length, 1);
});

test('What is not configured is not there.', async (t) => {
  const subject = aReceiver({ logout: undefined, globalRevocation: undefined });
  const { push, send } = await listening(t, subject);
  for (const path of [
    '/signals/other',
    '/signals/acme/more',
    '/signals/',
    '/',
    '/signals/__proto__',
    '/signals/ACME',
  ]) {
    assert.equal((await push(subject.set(), {}, path)).status, 404, path);
  }
  assert.equal((await send('/logout/acme', { body: logoutForm(subject) })).status, 404);
  assert.equal((await send('/global-token-revocation/acme', { body: '{}' })).status, 404);
  const pollOnly = { audiences: [audience], types: ['secevent+jwt'], push: undefined, poll: undefined };
  const closed = await listening(t, aReceiver({ sets: pollOnly }));
  assert.equal((await closed.push(subject.set())).status, 404);
});

test('Where the transmitter was told a header, only that one is let in.', async (t) => {
  const sets = {
    audiences: [audience],
    types: ['secevent+jwt'],
    push: { authorization: 'Bearer s3cret' },
    poll: undefined,
  };
  const subject = aReceiver({ sets });
  const { push } = await listening(t, subject);
  for (const authorization of [undefined, 'Bearer s3cre', 'Bearer s3cret2', 'bearer s3cret']) {
    const reply = await push(subject.set(), authorization === undefined ? {} : { authorization });
    assert.deepEqual([reply.status, (reply.body as { err: string }).err], [400, 'authentication_failed']);
  }
  assert.equal((await push(subject.set(), { authorization: 'Bearer s3cret' })).status, 202);
});

test('What cannot be made durable is 503, whatever came, and is told to the operator.', async (t) => {
  const subject = aReceiver();
  const { push, send } = await listening(t, subject);
  subject.broken = new Error('disk full');
  const set = subject.set();
  const announced = await announcedDuring(signalsFailed, async () => {
    const reply = await push(set);
    assert.deepEqual([reply.status, reply.body, reply.headers.get('retry-after')], [503, undefined, '5']);
    assert.equal((await send('/logout/acme', { body: logoutForm(subject) })).status, 503);
  });
  assert.equal(announced.length, 2);
  subject.broken = undefined;
  assert.equal((await push(set)).status, 202);
});

test('Whoever is refused too often waits, and nobody else does.', async (t) => {
  const subject = aReceiver();
  const { push } = await listening(t, subject, ['127.0.0.1/32']);
  const from = (address: string) => ({ 'x-forwarded-for': address });
  for (let n = 0; n < 60; n++) assert.equal((await push('x', from('192.0.2.1'))).status, 400);
  const reply = await push(subject.set(), from('192.0.2.1'));
  assert.deepEqual([reply.status, reply.headers.get('retry-after')], [429, '1']);
  assert.equal((await push(subject.set(), from('192.0.2.2'))).status, 202);
  subject.time += 2_000;
  assert.equal((await push(subject.set(), from('192.0.2.1'))).status, 202);
});

test('Our own faults count against nobody.', async (t) => {
  const subject = aReceiver();
  const { push } = await listening(t, subject);
  subject.issuer.loseKeys();
  for (let n = 0; n < 65; n++) assert.equal((await push(subject.set())).status, 503);
});

test('A refusal is told with its facts, and never with a token or a secret.', async (t) => {
  const subject = aReceiver();
  const { push } = await listening(t, subject);
  const tampered = `${subject.set({ note: 'hidden' }).slice(0, -6)}AAAAAA`;
  const [message, ...others] = await announcedDuring(signalRefused, () =>
    push(tampered, { authorization: 'Bearer s3cret' }),
  );
  assert.deepEqual(others, []);
  assert.deepEqual([message?.receiver, message?.path, message?.refusal.code], ['acme', 'push', 'signature_invalid']);
  const told = JSON.stringify(message);
  for (const secret of [...tampered.split('.'), 's3cret', 'hidden'])
    assert.ok(!told.includes(secret), secret.slice(0, 20));
});

test('A receiver that a reload brings is there from the next request on.', async (t) => {
  const subject = aReceiver({ name: 'early' });
  const { push, reload } = await listening(t, subject);
  assert.equal((await push(subject.set())).status, 404);
  subject.receiver = { ...subject.receiver, name: 'acme' };
  await reload();
  assert.equal((await push(subject.set())).status, 202);
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { aPolledTransmitter, type PolledTransmitter } from '../../../test/fixtures/a-polled-transmitter.ts';
import { announcedDuring, aReceiver, audience, type ReceiverUnderTest } from '../../../test/fixtures/a-receiver.ts';
import { until } from '../../../test/store/until.ts';
import { createHttpClient } from '../../net/index.ts';
import { pollFailed } from '../channels.ts';
import { Poller } from './poller.ts';

let count = 0;

/** Leaves a SET for the next poll. @returns its `jti` */
function leave({ waiting }: PolledTransmitter, subject: ReceiverUnderTest, claims: object = {}): string {
  const jti = `p-${++count}`;
  waiting.set(jti, subject.set({ jti, ...claims }));
  return jti;
}

function poll(t: TestContext, subject: ReceiverUnderTest, { url }: PolledTransmitter, wait = 0): Poller {
  const rules = { endpoint: url, token: 's3cret', interval: 20, wait };
  const sets = { audiences: [audience], types: ['secevent+jwt'], push: undefined, poll: rules };
  const http = createHttpClient({ timeout: 10_000 });
  const poller = new Poller(subject.receiver, sets, { ...subject.dependencies, http });
  poller.start();
  t.after(async () => {
    await poller.stop();
    await http.close();
  });
  return poller;
}

test('What is fetched is acknowledged when it is durable, and not before.', async (t) => {
  const subject = aReceiver();
  const transmitter = await aPolledTransmitter(t);
  subject.broken = new Error('disk full');
  const jti = leave(transmitter, subject);
  poll(t, subject, transmitter);
  await until(() => transmitter.polls.length > 3);
  assert.deepEqual([[...transmitter.waiting.keys()], transmitter.errors.size], [[jti], 0]);
  subject.broken = undefined;
  await until(() => transmitter.waiting.size === 0);
  assert.deepEqual(
    subject.revoked.map(({ value }) => value),
    ['ada'],
  );
  assert.ok(transmitter.polls.some(({ ack }) => ack?.includes(jti)));
  assert.deepEqual([...new Set(transmitter.authorizations)], ['Bearer s3cret']);
});

test('A SET that is refused is reported by the name that it was sent under, and the others are taken.', async (t) => {
  const subject = aReceiver();
  const transmitter = await aPolledTransmitter(t);
  leave(transmitter, subject);
  const bad = leave(transmitter, subject, { aud: 'https://other.example' });
  transmitter.waiting.set('garbage', 'x.y');
  transmitter.waiting.set('__proto__', subject.set({ jti: 'real-name' }));
  poll(t, subject, transmitter);
  await until(() => transmitter.waiting.size === 0);
  assert.deepEqual(
    [...transmitter.errors].map(([jti, error]) => [jti, (error as { err: string }).err]).toSorted(),
    [
      ['__proto__', 'invalid_request'],
      ['garbage', 'invalid_request'],
      [bad, 'invalid_audience'],
    ].toSorted(),
  );
});

test('All that waits is fetched, however much it is.', async (t) => {
  const subject = aReceiver();
  const transmitter = await aPolledTransmitter(t);
  for (let n = 0; n < 250; n++)
    leave(transmitter, subject, { sub_id: { format: 'iss_sub', iss: 'https://acme.example', sub: `u-${n}` } });
  poll(t, subject, transmitter);
  await until(() => transmitter.waiting.size === 0);
  assert.equal(new Set(subject.revoked.map(({ value }) => value)).size, 250);
});

test('A long poll waits for news, and what it brings is acknowledged without waiting.', async (t) => {
  const subject = aReceiver();
  const transmitter = await aPolledTransmitter(t, 2_000);
  poll(t, subject, transmitter, 2_000);
  await until(() => transmitter.polls.length === 1);
  assert.equal(transmitter.polls[0]?.returnImmediately, false);
  leave(transmitter, subject);
  await until(() => transmitter.waiting.size === 0);
  assert.deepEqual(
    transmitter.polls.slice(0, 2).map(({ returnImmediately }) => returnImmediately),
    [false, true],
  );
});

test('A transmitter that fails is left alone for longer each time, is told of, and loses nothing.', async (t) => {
  const subject = aReceiver();
  const transmitter = await aPolledTransmitter(t);
  leave(transmitter, subject);
  for (const [fault, code] of [
    [{ status: 401, body: '{}' }, 'http_status'],
    [{ status: 200, body: '{"sets":[]}' }, 'answer_malformed'],
    [{ status: 200, body: '{"sets":{"a":1}}' }, 'answer_malformed'],
    [{ status: 200, body: 'no JSON' }, 'not_json'],
  ] as const) {
    transmitter.fault = fault;
    const announced = await announcedDuring(pollFailed, async () => {
      const asked = transmitter.authorizations.length;
      const poller = poll(t, subject, transmitter);
      await until(() => transmitter.authorizations.length > asked);
      await new Promise((resolve) => setTimeout(resolve, 100));
      assert.equal(transmitter.authorizations.length, asked + 1, 'it rests for a second');
      await poller.stop();
    });
    assert.deepEqual(
      announced.map((one) => [one.receiver, one.code, one.failures]),
      [['acme', code, 1]],
    );
  }
  transmitter.fault = undefined;
  poll(t, subject, transmitter);
  await until(() => subject.revoked.length === 1);
});

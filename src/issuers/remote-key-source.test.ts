import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { aSigningKey, keySetOf } from '../../test/fixtures/a-jwt.ts';
import { keySkipped, keysNotRefreshed, keysRefreshed } from './channels.ts';
import type { FetchedKeys } from './fetch-keys.ts';
import { documentFailed, type IssuerResult } from './issuer-failure.ts';
import type { KeySpec } from './key-spec.ts';
import { RemoteKeySource } from './remote-key-source.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

const spec: KeySpec = {
  name: 'acme',
  jwksUri: 'https://acme.example/jwks',
  discoveryUrls: [],
  documentIssuers: [],
  acceptedIssuers: ['https://acme.example'],
  tenant: undefined,
  times: { minRefresh: minute, maxRefresh: 5 * minute, coolDown: 10 * second, maxStale: 24 * hour },
};

/** An issuer whose published kids, faults and slowness a test decides, and which counts how often it is asked. */
class FakeIssuer {
  kids: readonly string[] = ['one'];
  fault: IssuerResult<FetchedKeys> | undefined;
  freshFor: number | undefined;
  fetches = 0;
  answer: Promise<void> | undefined;

  readonly retrieve = async (): Promise<IssuerResult<FetchedKeys>> => {
    this.fetches++;
    await this.answer;
    if (this.fault !== undefined) return this.fault;
    const keySet = keySetOf(...this.kids.map((kid) => aSigningKey('ES256', kid)));
    const fingerprint = this.kids.join();
    const { freshFor } = this;
    const jwksUri = 'https://acme.example/jwks';
    const skipped = [{ kid: 'bad', reason: 'malformed' }];
    const told = { jwksUri, documentUrl: undefined, freshFor, sentAt: undefined, warnings: [] };
    return { ok: true, value: { keySet, skipped, fingerprint, ...told } };
  };
}

const unreachable: IssuerResult<FetchedKeys> = {
  ok: false,
  failure: { code: 'refused', title: 'refused', remedy: 'start it', facts: {} },
};

interface Setting {
  readonly idp: FakeIssuer;
  readonly source: RemoteKeySource;
  /** Lets so much time pass, and all that is due in it happen. */
  pass(milliseconds: number): Promise<void>;
}

function setting(t: TestContext, times: Partial<KeySpec['times']> = {}): Setting {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_790_000_000_000 });
  const idp = new FakeIssuer();
  const timed = { ...spec, times: { ...spec.times, ...times } };
  const source = new RemoteKeySource(timed, idp.retrieve, Date.now, () => 1);
  t.after(() => source.stop());
  return {
    idp,
    source,
    async pass(milliseconds) {
      const steps = Math.min(100, Math.max(1, milliseconds / 100));
      for (let step = 0; step < steps; step++) {
        t.mock.timers.tick(milliseconds / steps);
        await settle();
      }
    },
  };
}

/** Lets promises that are ready run on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

function kids(source: RemoteKeySource): readonly (string | undefined)[] | undefined {
  return source.current()?.keys.map(({ id }) => id);
}

test('starting does not wait for the issuer, and without keys there is nothing current', async (t) => {
  const { idp, source } = setting(t);
  const gate = Promise.withResolvers<void>();
  idp.answer = gate.promise;
  source.start();
  assert.equal(source.current(), undefined);
  assert.equal(source.health().state, 'waiting');
  gate.resolve();
  await settle();
  assert.deepEqual(kids(source), ['one']);
  assert.equal(source.health().state, 'fresh');
});

test('a token that comes before the first fetch is done waits for that very fetch', async (t) => {
  const { idp, source } = setting(t);
  const gate = Promise.withResolvers<void>();
  idp.answer = gate.promise;
  source.start();
  const asked = source.refresh('one');
  gate.resolve();
  assert.equal(await asked, source.current());
  assert.equal(idp.fetches, 1);
});

test('the key set stays the same object for as long as its content does', async (t) => {
  const { idp, source, pass } = setting(t);
  source.start();
  await settle();
  const first = source.current();
  await pass(20 * minute);
  assert.ok(idp.fetches > 3);
  assert.equal(source.current(), first);
  idp.kids = ['two'];
  await pass(5 * minute);
  assert.notEqual(source.current(), first);
});

test('a removed key is gone within five minutes', async (t) => {
  const { idp, source, pass } = setting(t);
  idp.kids = ['one', 'two'];
  idp.freshFor = 24 * hour;
  source.start();
  await pass(17 * minute);
  idp.kids = ['two'];
  await pass(5 * minute);
  assert.deepEqual(kids(source), ['two']);
});

test('Cache-Control is heeded within the bounds', async (t) => {
  for (const [freshFor, perHour] of [
    [0, 60],
    [2 * minute, 30],
    [24 * hour, 12],
    [undefined, 12],
  ] as const) {
    const { idp, source, pass } = setting(t);
    idp.freshFor = freshFor;
    source.start();
    for (let passed = 0; passed < 6; passed++) await pass(10 * minute);
    assert.ok(idp.fetches >= perHour && idp.fetches <= perHour * 1.15 + 1, `${freshFor}: ${idp.fetches}`);
    source.stop();
    t.mock.timers.reset();
  }
});

test('an unknown kid is looked for at once, and a rotated key verifies at once', async (t) => {
  const { idp, source } = setting(t);
  source.start();
  await settle();
  idp.kids = ['one', 'two'];
  const keySet = await source.refresh('two');
  assert.equal(keySet?.byId('two').length, 1);
  assert.equal(idp.fetches, 2);
});

test('ten thousand made-up kids within a second cause one fetch', async (t) => {
  const { idp, source, pass } = setting(t);
  source.start();
  await settle();
  idp.fetches = 0;
  for (let round = 0; round < 100; round++) {
    const asked = Array.from({ length: 100 }, (_, index) => source.refresh(`made-up-${round}-${index}`));
    for (const keySet of await Promise.all(asked)) assert.equal(keySet, source.current());
    await pass(10);
  }
  assert.equal(idp.fetches, 1);
});

test('made-up kids without end cause one fetch per cool-down, and a new key still gets in with it', async (t) => {
  const { idp, source, pass } = setting(t);
  source.start();
  await settle();
  idp.fetches = 0;
  for (let elapsed = 0; elapsed < 120; elapsed++) {
    void source.refresh(`made-up-${elapsed}`);
    if (elapsed === 41) idp.kids = ['one', 'two'];
    await pass(second);
    if (elapsed === 52) assert.deepEqual(kids(source), ['one', 'two']);
  }
  assert.ok(idp.fetches >= 9 && idp.fetches <= 13, `${idp.fetches}`);
});

test('a kid that the issuer did not have is not looked for again for a minute', async (t) => {
  const { idp, source, pass } = setting(t, { minRefresh: hour, maxRefresh: hour });
  source.start();
  await settle();
  idp.fetches = 0;
  for (let elapsed = 0; elapsed < 55; elapsed += 5) {
    await source.refresh('gone');
    await pass(5 * second);
  }
  assert.equal(idp.fetches, 1);
  await pass(10 * second);
  await source.refresh('gone');
  assert.equal(idp.fetches, 2);
});

test('a key that signs a moment before it is published counts a minute later', async (t) => {
  const { idp, source, pass } = setting(t);
  source.start();
  await settle();
  await source.refresh('two');
  idp.kids = ['one', 'two'];
  await pass(61 * second);
  assert.equal((await source.refresh('two'))?.byId('two').length, 1);
});

test('a kid that was unknown is looked for again once the key set has changed', async (t) => {
  const { idp, source, pass } = setting(t);
  source.start();
  await settle();
  await source.refresh('three');
  idp.kids = ['one', 'two'];
  await pass(5 * minute);
  idp.kids = ['one', 'two', 'three'];
  assert.equal((await source.refresh('three'))?.byId('three').length, 1);
});

test('two rotations in a row are both followed, the second after a second at most', async (t) => {
  const { idp, source, pass } = setting(t);
  source.start();
  await settle();
  idp.kids = ['two'];
  await source.refresh('two');
  idp.kids = ['three'];
  const asked = source.refresh('three');
  await pass(1100);
  assert.equal((await asked)?.byId('three').length, 1);
});

test('tokens without kid cause one fetch per cool-down', async (t) => {
  const { idp, source, pass } = setting(t, { minRefresh: hour, maxRefresh: hour });
  source.start();
  await settle();
  idp.fetches = 0;
  for (let elapsed = 0; elapsed < 60; elapsed++) {
    void source.refresh(undefined);
    await pass(second);
  }
  assert.ok(idp.fetches <= 7, `${idp.fetches}`);
});

test('through an outage the keys serve on, up to the bound', async (t) => {
  const { idp, source, pass } = setting(t);
  source.start();
  await settle();
  const keySet = source.current();
  idp.fault = unreachable;
  await pass(23 * hour);
  assert.equal(source.current(), keySet);
  assert.equal(source.health().state, 'stale');
  assert.equal(source.health().failure?.code, 'refused');
  await pass(2 * hour);
  assert.equal(source.current(), undefined);
  assert.equal(source.health().state, 'unavailable');
  idp.fault = undefined;
  await pass(31 * second);
  assert.deepEqual(kids(source), ['one']);
  assert.equal(source.health().failure, undefined);
});

test('while the issuer cannot be asked, an unknown kid is not the fault of the token', async (t) => {
  const { idp, source, pass } = setting(t);
  source.start();
  await settle();
  idp.fault = unreachable;
  assert.equal(await source.refresh('new'), undefined);
  await pass(5 * second);
  const [known, unknown, none] = [source.refresh('one'), source.refresh('newer'), source.refresh(undefined)];
  await pass(second);
  assert.equal(await known, source.current());
  assert.equal(await unknown, undefined);
  assert.equal(await none, undefined);
  assert.deepEqual(kids(source), ['one']);
});

test('an issuer that is down is asked again ever more rarely, and found within ten seconds of its return', async (t) => {
  const { idp, source, pass } = setting(t);
  idp.fault = unreachable;
  source.start();
  for (let elapsed = 0; elapsed < 600; elapsed++) {
    void source.refresh(`kid-${elapsed}`);
    await pass(second);
  }
  assert.ok(idp.fetches < 70, `${idp.fetches}`);
  idp.fault = undefined;
  await pass(11 * second);
  assert.deepEqual(kids(source), ['one']);
});

test('a token by a new key asks for it as often as the cool-down allows, also while the issuer is down', async (t) => {
  const { idp, source, pass } = setting(t, { coolDown: 2 * second });
  source.start();
  await settle();
  idp.fault = unreachable;
  void source.refresh('two');
  await pass(minute);
  idp.fault = undefined;
  idp.kids = ['two'];
  const asked = source.refresh('two');
  await pass(second);
  assert.equal((await asked)?.byId('two').length, 1);
});

test('an emptied key set is believed only after the bound for removed keys', async (t) => {
  const { idp, source, pass } = setting(t);
  source.start();
  await settle();
  idp.fault = documentFailed('key_set_empty', {});
  await pass(4.9 * minute);
  assert.deepEqual(kids(source), ['one']);
  await pass(0.2 * minute);
  assert.equal(source.current(), undefined);
  assert.equal(source.health().state, 'unavailable');
});

test('a source that is stopped fetches no more and keeps nobody waiting', async (t) => {
  const { idp, source, pass } = setting(t);
  source.start();
  await settle();
  idp.kids = ['two'];
  await source.refresh('two');
  const asked = source.refresh('three');
  source.stop();
  assert.equal(await asked, source.current());
  idp.fetches = 0;
  await source.refresh('four');
  await pass(hour);
  assert.equal(idp.fetches, 0);
});

test('a source that was never started fetches when it is asked, and only then', async (t) => {
  const { idp, source, pass } = setting(t);
  assert.equal((await source.refresh('one'))?.byId('one').length, 1);
  await pass(2 * second);
  await source.refresh('made-up');
  await pass(hour);
  assert.equal(idp.fetches, 2);
});

test('what happens is announced: refreshes, failures, and each skipped key once', async (t) => {
  const heard: unknown[] = [];
  t.after(keysRefreshed.listen(({ issuer, keys, changed }) => heard.push({ issuer, keys, changed })));
  t.after(keysNotRefreshed.listen(({ failure, failures }) => heard.push({ code: failure.code, failures })));
  t.after(keySkipped.listen(({ kid, reason }) => heard.push({ kid, reason })));
  const { idp, source, pass } = setting(t);
  source.start();
  await pass(5 * minute);
  idp.fault = unreachable;
  await pass(5 * minute);
  assert.deepEqual(heard.slice(0, 5), [
    { issuer: 'acme', keys: 1, changed: true },
    { kid: 'bad', reason: 'malformed' },
    { issuer: 'acme', keys: 1, changed: false },
    { code: 'refused', failures: 1 },
    { code: 'refused', failures: 2 },
  ]);
});

test('health tells what there is, what is due, and no key material', async (t) => {
  const { source } = setting(t);
  source.start();
  await settle();
  const health = source.health();
  assert.deepEqual(health.keys, [{ kid: 'one', kty: 'EC', algorithms: ['ES256'] }]);
  assert.deepEqual(health.skipped, [{ kid: 'bad', reason: 'malformed' }]);
  assert.equal(health.jwksUri, 'https://acme.example/jwks');
  assert.equal(health.lastSuccess, Date.now());
  assert.ok((health.nextFetch ?? 0) > Date.now());
  assert.equal(health.usableUntil, Date.now() + 24 * hour);
});

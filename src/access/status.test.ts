import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { aJwe, anEncryptionKey } from '../../test/fixtures/a-jwe.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../../test/fixtures/a-protected-api.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import { aStatusPublisher, listUri, type StatusPublisher } from '../../test/fixtures/a-status-publisher.ts';
import { anAskedIssuer } from '../../test/fixtures/an-asked-issuer.ts';
import { anIssuer } from '../../test/fixtures/an-issuer.ts';
import type { Json } from '../protocol/claims.ts';
import { type Revocation, RevocationIndex } from '../revocation/index.ts';
import type { Decision } from './decision.ts';
import type { ProtectedApi } from './protected-api.ts';

const claims = currentClaims();
const now = (claims.exp - 600) * 1000;
const acme = anIssuer('acme');
const listed = (idx: number): Json => ({ status_list: { uri: listUri, idx } });
const aToken = (status: Json = listed(0)): string => acme.sign({ ...claims, status });

function aGate(publisher: StatusPublisher, facts: Partial<ProtectedApi> = {}) {
  const index = new RevocationIndex();
  const access = aRealAccess(index);
  const api = aProtectedApi([acme], { statuses: new Map([[acme, publisher.statuses]]), ...facts });
  const request = (token: string) => aRequest({ authorization: [`Bearer ${token}`] });
  return {
    access,
    index,
    api,
    decide: (token: string, at = now) => access.decide(api, request(token), at),
    explain: (token: string) => access.explain(api, request(token), now),
  };
}

function codeOf(decision: Decision): string {
  return decision.granted ? 'granted' : decision.rejection.code;
}

test('a token passes that its list calls valid, and the list is asked for once', async () => {
  const publisher = aStatusPublisher({}, () => now);
  const { decide } = aGate(publisher);
  assert.equal(codeOf(await decide(aToken())), 'granted');
  const { url, namedBy, headers } = publisher.requests[0] ?? assert.fail();
  assert.deepEqual(
    { url, namedBy, headers },
    { url: listUri, namedBy: 'peer', headers: { accept: 'application/statuslist+jwt' } },
  );
  for (const idx of [1, 2, 3]) {
    await nextTurn();
    assert.ok(!(decide(aToken(listed(idx))) instanceof Promise), 'at once');
  }
  assert.equal(publisher.requests.length, 1);
});

for (const [status, code] of [
  [1, 'token_status_invalid'],
  [2, 'token_status_suspended'],
  [3, 'token_status_unknown'],
  [4, 'token_status_unknown'],
  [11, 'token_status_unknown'],
  [15, 'token_status_unknown'],
] as const) {
  test(`a token whose status is ${status} is refused: ${code}`, async () => {
    const publisher = aStatusPublisher({}, () => now);
    publisher.says({ 5: status });
    const { decide } = aGate(publisher);
    assert.equal(codeOf(await decide(aToken(listed(5)))), code);
    assert.equal(codeOf(await decide(aToken(listed(6)))), 'granted');
  });
}

test('a token whose index is beyond the end of the list is refused', async () => {
  const { decide } = aGate(aStatusPublisher({}, () => now));
  for (const idx of [64, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
    assert.equal(codeOf(await decide(aToken(listed(idx)))), 'token_status_unknown');
  }
});

test('a token that says nothing of its status needs no list', () => {
  const publisher = aStatusPublisher({}, () => now);
  const decision = aGate(publisher).decide(acme.sign(claims));
  assert.ok(!(decision instanceof Promise) && decision.granted);
  assert.equal(publisher.requests.length, 0);
});

test('an unreadable claim is refused, and passed over only where the issuer is not to be looked up', async () => {
  const publisher = aStatusPublisher({}, () => now);
  const token = aToken({ identifier_list: { uri: listUri } });
  assert.equal(codeOf(await aGate(publisher).decide(token)), 'token_status_unreadable');
  assert.equal(codeOf(await aGate(publisher, { statuses: new Map() }).decide(token)), 'granted');
  assert.equal(publisher.requests.length, 0);
});

test('a remembered token dies when the list says so, though nothing else has changed', async () => {
  let at = now;
  const publisher = aStatusPublisher({}, () => at);
  const { decide, access } = aGate(publisher);
  const token = aToken(listed(9));
  assert.equal(codeOf(await decide(token, at)), 'granted');
  publisher.says({ 9: 1 });
  at += 61_000;
  assert.equal(codeOf(await decide(token, at)), 'token_status_invalid');
  assert.equal(access.remembered, 1, 'the verdict on the token itself stands');
  publisher.says({});
  at += 61_000;
  assert.equal(codeOf(await decide(token, at)), 'granted', 'as with one that was suspended');
});

test('a list that cannot be had is no verdict on the token: 503, with the reason and when to try again', async () => {
  const publisher = aStatusPublisher({}, () => now);
  publisher.isDown = true;
  const { decide } = aGate(publisher);
  const decision = await decide(aToken());
  assert.ok(!decision.granted);
  assert.equal(decision.rejection.code, 'status_unavailable');
  assert.equal(decision.rejection.facts['failure'], 'refused');
  assert.ok((decision.rejection.retryAfter ?? 0) >= 1);
  await nextTurn();
  assert.ok(!(decide(aToken()) instanceof Promise), 'nobody waits for an issuer that has just failed');
});

test('for a revoked token nothing is fetched', async () => {
  const publisher = aStatusPublisher({}, () => now);
  const { decide, index } = aGate(publisher);
  index.apply([aRevocation()]);
  assert.equal(codeOf(await decide(aToken())), 'token_revoked');
  assert.equal(publisher.requests.length, 0);
});

test('a token that is revoked while its list is fetched is dead', async () => {
  const publisher = aStatusPublisher({}, () => now);
  const { promise, resolve } = Promise.withResolvers<void>();
  publisher.waitsFor = promise;
  const { decide, index } = aGate(publisher);
  const decision = decide(aToken());
  index.apply([aRevocation()]);
  resolve();
  assert.equal(codeOf(await decision), 'token_revoked');
});

function aRevocation(): Revocation {
  const facts = { issuer: acme.identifier, kind: 'jti', value: String(claims['jti']) } as const;
  return { ...facts, seq: 1, at: now, expiresAt: now + 1e9, actor: 'test' };
}

test('a token that its issuer is asked about is looked up, too: it says so itself', async () => {
  const publisher = aStatusPublisher({}, () => now);
  publisher.says({ 4: 1 });
  const asked = anAskedIssuer('acme', { identifier: acme.identifier });
  const introspected = new Map([[acme.identifier, { ...asked, issuer: acme }]]);
  const { decide } = aGate(publisher, { introspected });
  for (const [idx, code] of [
    [3, 'granted'],
    [4, 'token_status_invalid'],
  ] as const) {
    const token = aToken(listed(idx));
    asked.knows(token, claims);
    assert.equal(codeOf(await decide(token)), code);
    assert.equal(codeOf(await decide(token)), code, 'remembered');
  }
});

test('an encrypted token is looked up by what is in it', async () => {
  const pair = anEncryptionKey('P-256', 'enc-1');
  const sealing = { ...acme, decryptionKeys: [pair.key] };
  const publisher = aStatusPublisher({}, () => now);
  publisher.says({ 4: 2 });
  const { access } = aGate(publisher);
  const api = aProtectedApi([sealing], { statuses: new Map([[sealing, publisher.statuses]]) });
  for (const [idx, code] of [
    [3, 'granted'],
    [4, 'token_status_suspended'],
  ] as const) {
    const token = await aJwe(pair, aToken(listed(idx)));
    const request = aRequest({ authorization: [`Bearer ${token}`] });
    assert.equal(codeOf(await access.decide(api, request, now)), code);
    assert.equal(codeOf(await access.decide(api, request, now)), code, 'remembered');
  }
});

test('an explanation says which list, which entry, what it says, and how fresh it is', async () => {
  const publisher = aStatusPublisher({}, () => now);
  publisher.says({ 4: 1 });
  const { explain } = aGate(publisher);
  const good = (await explain(aToken(listed(3)))).steps.find(({ check }) => check === 'revocation');
  assert.equal(good?.outcome, 'passed');
  const { statusList, idx, status, listFetchedAt, listFreshUntil } = good.facts;
  assert.deepEqual({ statusList, idx, status }, { statusList: listUri, idx: 3, status: 0 });
  assert.equal(listFetchedAt, new Date(now).toISOString());
  assert.equal(listFreshUntil, new Date(now + 60_000).toISOString());
  const { rejection, steps } = await explain(aToken(listed(4)));
  assert.equal(rejection?.code, 'token_status_invalid');
  assert.equal(rejection.facts['idx'], 4);
  assert.equal(steps.find(({ check }) => check === 'binding')?.outcome, 'not reached');
});

test('whatever the list says, and whenever it is asked: a remembered token is told what a new one is', async () => {
  const step = fc.record({
    passes: fc.integer({ min: 0, max: 200 }),
    says: fc.option(fc.integer({ min: 0, max: 15 }), { nil: undefined }),
    isDown: fc.boolean(),
    idx: fc.constantFrom(0, 1, 70),
  });
  const steps = fc.array(step, { minLength: 5, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      let at = now;
      const publisher = aStatusPublisher({ times: { maxStale: 60_000 } }, () => at);
      const { decide, api } = aGate(publisher);
      const tokens = new Map([0, 1, 70].map((idx) => [idx, aToken(listed(idx))]));
      for (const { passes, says, isDown, idx } of history) {
        at += passes * 100;
        publisher.isDown = isDown;
        if (says !== undefined) publisher.says({ 1: says });
        const token = tokens.get(idx) ?? assert.fail();
        const warm = codeOf(await decide(token, at));
        const request = aRequest({ authorization: [`Bearer ${token}`] });
        assert.equal(warm, codeOf(await aRealAccess().decide(api, request, at)));
      }
      publisher.statuses.stop();
    }),
    { numRuns: 50 },
  );
});

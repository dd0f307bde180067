import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aProtectedApi, aRealAccess, currentClaims } from '../../test/fixtures/a-protected-api.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import { anAskedIssuer } from '../../test/fixtures/an-asked-issuer.ts';
import { anIssuer } from '../../test/fixtures/an-issuer.ts';
import { generateOpaqueToken, opaquePrefixes } from '../opaque/index.ts';
import { rejection } from '../protocol/rejection.ts';
import { refuse } from '../protocol/verdict.ts';
import type { OpaqueSource, ProtectedApi } from './protected-api.ts';

const claims = currentClaims();
const now = claims.exp * 1000 - 300_000;
const bearing = (token: string) => aRequest({ authorization: [`Bearer ${token}`] });

/** Two issuers that take any opaque token and one that takes those of its prefix; a token begins with who knows it. */
function threeIssuers() {
  const [first, second] = [anAskedIssuer('first'), anAskedIssuer('second')];
  const picky = anAskedIssuer('picky', { recognises: (token) => token.startsWith('picky.') });
  const sources = { first, second, picky };
  const asked = (): string[] => Object.entries(sources).flatMap(([name, { seen }]) => seen.map(() => name));
  const api = (opaque: readonly OpaqueSource[], facts: Partial<ProtectedApi> = {}): ProtectedApi =>
    aProtectedApi([], { opaque, ...facts });
  return { first, second, picky, asked, api };
}

async function outcomeOf(api: ProtectedApi, token: string, access = aRealAccess()): Promise<string> {
  const decision = await access.decide(api, bearing(token), now);
  return decision.granted ? `granted by ${decision.principal.issuerName}` : decision.rejection.code;
}

test('the first issuer that recognises the form is asked, and no other', async () => {
  const { first, second, picky, asked, api } = threeIssuers();
  second.knows('opaque-1', claims);
  assert.equal(await outcomeOf(api([picky, first, second]), 'opaque-1'), 'token_inactive');
  assert.deepEqual(asked(), ['first']);
});

test('in order, the next one is asked after an issuer that does not know the token', async () => {
  const { first, second, picky, asked, api } = threeIssuers();
  second.knows('opaque-1', claims);
  const inOrder = api([picky, first, second], { askInOrder: true });
  assert.equal(await outcomeOf(inOrder, 'opaque-1'), 'granted by second');
  assert.deepEqual(asked(), ['first', 'second']);
  assert.equal(await outcomeOf(inOrder, 'unknown-to-all'), 'token_inactive');
  assert.equal(await outcomeOf(inOrder, 'picky.unknown'), 'token_inactive');
  assert.deepEqual(asked(), ['first', 'first', 'first', 'second', 'second', 'second', 'picky']);
});

test('in order, nobody is asked after an issuer that could not say, nor after one that refused for another reason', async () => {
  for (const code of ['issuer_unavailable', 'claim_invalid', 'token_expired'] as const) {
    const { first, second, asked, api } = threeIssuers();
    second.knows('opaque-1', claims);
    first.refuses('opaque-1', rejection(code));
    assert.equal(await outcomeOf(api([first, second], { askInOrder: true }), 'opaque-1'), code);
    assert.deepEqual(asked(), ['first']);
  }
});

test('a token is shown to nobody where no issuer takes its form', async () => {
  const { picky, asked, api } = threeIssuers();
  assert.equal(await outcomeOf(api([picky], { askInOrder: true }), 'opaque-1'), 'token_unrecognised');
  assert.deepEqual(asked(), []);
});

test('a token of our own form is shown to no other issuer, whether or not we are accepted', async () => {
  for (const prefix of Object.keys(opaquePrefixes) as (keyof typeof opaquePrefixes)[]) {
    const { first, asked, api } = threeIssuers();
    const ours = { ...anAskedIssuer('provider'), isOurs: true };
    for (const token of [generateOpaqueToken(prefix), `${prefix}mistyped`]) {
      first.knows(token, claims);
      for (const askInOrder of [false, true]) {
        assert.equal(await outcomeOf(api([first], { askInOrder }), token), 'token_unrecognised');
        assert.equal(await outcomeOf(api([first, ours], { askInOrder }), token), 'token_inactive');
      }
      assert.equal(ours.seen.at(-1), token);
    }
    assert.deepEqual(asked(), []);
  }
});

test('a token that is not of our form is not looked up among ours', async () => {
  const { first, api } = threeIssuers();
  const ours = { ...anAskedIssuer('provider'), isOurs: true };
  first.knows('opaque-1', claims);
  assert.equal(await outcomeOf(api([ours, first]), 'opaque-1'), 'granted by first');
  assert.deepEqual(ours.seen, []);
});

test('a JWT is shown to its issuer where the API says so, and to nobody else', async () => {
  const { first, second, asked } = threeIssuers();
  const acme = anIssuer('acme', first.issuer.identifier);
  const other = anIssuer('other', second.issuer.identifier);
  const introspected = new Map([[first.issuer.identifier, first]]);
  const api = aProtectedApi([acme, other], { introspected, opaque: [second] });
  const token = acme.sign(claims);
  assert.equal(await outcomeOf(api, token), 'token_inactive');
  first.knows(token, claims);
  assert.equal(await outcomeOf(api, token), 'granted by first');
  assert.equal(await outcomeOf(api, other.sign(claims)), 'granted by other');
  assert.equal(await outcomeOf(api, anIssuer('evil').sign(claims)), 'issuer_not_accepted');
  assert.deepEqual(asked(), ['first', 'first']);
});

test('a JWT whose issuer is asked is shown although none of its JWTs could be verified here', async () => {
  const { first } = threeIssuers();
  const acme = anIssuer('acme', first.issuer.identifier);
  const refusing = { ...acme, refusal: rejection('issuer_not_verifiable') };
  const introspected = new Map([[first.issuer.identifier, first]]);
  const token = acme.sign(claims);
  first.knows(token, claims);
  assert.equal(await outcomeOf(aProtectedApi([refusing], { introspected }), token), 'granted by first');
  assert.equal(await outcomeOf(aProtectedApi([refusing]), token), 'issuer_not_verifiable');
});

test('a damaged JWT is shown to nobody', async () => {
  const { first, asked } = threeIssuers();
  const introspected = new Map([[first.issuer.identifier, first]]);
  const token = anIssuer('acme', first.issuer.identifier).sign(claims);
  const api = aProtectedApi([], { introspected, opaque: [first] });
  assert.equal(await outcomeOf(api, `${token}=`), 'encoding_invalid');
  assert.deepEqual(asked(), []);
});

test('a token that was shown to one issuer is remembered for another API only if that would ask the same one', async () => {
  const { first, second, asked, api } = threeIssuers();
  const access = aRealAccess();
  first.knows('opaque-1', claims);
  assert.equal(await outcomeOf(api([first, second]), 'opaque-1', access), 'granted by first');
  assert.equal(await outcomeOf(api([first]), 'opaque-1', access), 'granted by first');
  assert.deepEqual(asked(), ['first']);
  assert.equal(await outcomeOf(api([second, first]), 'opaque-1', access), 'token_inactive');
  assert.equal(await outcomeOf(api([second, first], { askInOrder: true }), 'opaque-1', access), 'granted by first');
  assert.equal(await outcomeOf(api([second]), 'opaque-1', access), 'token_inactive');
});

test('a good word is remembered for as long as it is fresh, and one that counts by grace not at all', async () => {
  const { first, asked, api } = threeIssuers();
  const access = aRealAccess();
  first.knows('fresh', claims, now + 30_000);
  const decide = async (token: string, at: number, graceMs = 0) =>
    (await access.decide(api([first], { graceMs }), bearing(token), at)).granted;
  assert.ok(await decide('fresh', now));
  assert.ok(await decide('fresh', now + 29_999));
  assert.equal(asked().length, 1);
  assert.ok(await decide('fresh', now + 30_000));
  assert.equal(asked().length, 2);
  first.says('stale', (graceMs, at) =>
    graceMs < 60_000 ? refuse(rejection('issuer_unavailable')) : first.vouch('stale', claims, at, at),
  );
  assert.ok(await decide('stale', now, 60_000));
  assert.ok(!(await decide('stale', now, 59_999)), 'another API has less patience');
  assert.ok(await decide('stale', now, 60_000));
  assert.equal(asked().length, 5);
});

test('what an issuer tells to explain counts for the gateway at once', async () => {
  const { first, api } = threeIssuers();
  const access = aRealAccess();
  const one = api([first]);
  first.knows('opaque-1', claims, now + 30_000);
  assert.equal(await outcomeOf(one, 'opaque-1', access), 'granted by first');
  first.refuses('opaque-1', rejection('token_inactive'));
  assert.equal((await access.explain(one, bearing('opaque-1'), now)).rejection?.code, 'token_inactive');
  assert.equal(await outcomeOf(one, 'opaque-1', access), 'token_inactive');
});

test('what is remembered is decided without a promise', async () => {
  const { first, api } = threeIssuers();
  const access = aRealAccess();
  first.knows('opaque-1', claims);
  const one = api([first]);
  const before = await access.decide(one, bearing('opaque-1'), now);
  assert.equal(access.decide(one, bearing('opaque-1'), now), before);
});

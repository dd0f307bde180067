import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;

before(async () => {
  stage = await setStage();
});
after(() => stage?.close());
afterEach(() => {
  for (const issuer of [stage.legacy, stage.second]) {
    issuer.fail(false);
    issuer.asked.length = 0;
  }
  // Whatever was remembered is forgotten, and a line that was given up is tried again.
  stage.wait(60_000);
});

const minute = 60_000;

test('a token that its issuer knows is let in, and is asked about once in a while', async () => {
  const token = stage.issue(stage.legacy, 'lg_known');
  for (let round = 0; round < 3; round++) assert.equal((await stage.call('/orders', token)).status, 200);
  assert.deepEqual(stage.legacy.asked, [token]);
  assert.equal(stage.legacy.shown(), `Basic ${Buffer.from('gate:of+the+gate').toString('base64')}`);
  stage.wait(31_000);
  assert.equal((await stage.call('/orders', token)).status, 200);
  assert.deepEqual(stage.legacy.asked, [token, token]);
});

test('what the upstream is told of an opaque token is what its issuer said', async () => {
  const { told } = await stage.call(
    '/orders',
    stage.issue(stage.legacy, 'lg_told', { sub: 'eve', iss: 'https://legacy.example' }),
  );
  assert.equal(told['gatehouse-subject'], 'eve');
  assert.equal(told['gatehouse-issuer'], `${stage.legacy.url}/introspect`);
  assert.equal(told['authorization'], undefined);
});

test('a token that was revoked at its issuer is refused when the answer is forgotten', async () => {
  const token = stage.issue(stage.legacy, 'lg_revoked');
  assert.equal((await stage.call('/orders', token)).status, 200);
  stage.legacy.known.delete(token);
  stage.wait(31_000);
  const { status, code } = await stage.call('/orders', token);
  assert.deepEqual([status, code], [401, 'token_inactive']);
});

test('an answer for another audience, an expired one, and one of another kind are no better than a JWT like that', async () => {
  const refusals: readonly (readonly [Readonly<Record<string, unknown>>, string])[] = [
    [{ aud: 'https://elsewhere.example' }, 'audience_mismatch'],
    [{ aud: undefined }, 'claim_missing'],
    [{ exp: 1_500_000_000 }, 'token_expired'],
    [{ exp: undefined }, 'claim_missing'],
    [{ token_type: 'refresh_token' }, 'not_an_access_token'],
    [{ scope: 'orders:write' }, 'scope_insufficient'],
  ];
  for (const [index, [claims, code]] of refusals.entries()) {
    const token = stage.issue(stage.legacy, `lg_bad_${index}`, claims);
    assert.equal((await stage.call('/orders', token)).code, code);
  }
});

test('an issuer that cannot be asked says nothing about a token: 503, and when to come again', async () => {
  stage.legacy.fail(true);
  const { status, code, headers } = await stage.call('/orders', stage.issue(stage.legacy, 'lg_down'));
  assert.deepEqual([status, code], [503, 'issuer_unavailable']);
  assert.match(headers.get('retry-after') ?? '', /^\d+$/);
});

test('a token is shown to the issuer whose form it has, and to nobody else', async () => {
  const hex = '0123456789'.repeat(4);
  stage.issue(stage.legacy, hex);
  stage.issue(stage.second, 'any-other-form');
  assert.equal((await stage.call('/orders', hex)).status, 200);
  assert.equal((await stage.call('/orders', 'any-other-form')).status, 200);
  assert.equal((await stage.call('/orders', 'lg_unknown')).code, 'token_inactive');
  assert.deepEqual(stage.legacy.asked, [hex, 'lg_unknown']);
  assert.deepEqual(stage.second.asked, ['any-other-form']);
});

test('an API that does not accept the issuer of this form asks nobody', async () => {
  assert.equal((await stage.call('/patient', 'of-no-form')).code, 'token_unrecognised');
  assert.deepEqual([stage.legacy.asked, stage.second.asked], [[], []]);
});

test('asked in order, the next one is asked about what the first does not know', async () => {
  const token = stage.issue(stage.legacy, 'lg_ordered');
  assert.equal((await stage.call('/ordered', token)).status, 200);
  assert.deepEqual([stage.second.asked, stage.legacy.asked], [[token], [token]]);
  assert.equal((await stage.call('/ordered', 'lg_nobodys')).code, 'token_inactive');
});

test('but not about what the first could not be asked about', async () => {
  stage.second.fail(true);
  const token = stage.issue(stage.legacy, 'lg_not_shown');
  assert.equal((await stage.call('/ordered', token)).code, 'issuer_unavailable');
  assert.deepEqual(stage.legacy.asked, []);
});

test('with grace, a token that was good goes on for so long while its issuer is out of reach', async () => {
  const token = stage.issue(stage.legacy, 'lg_graced');
  assert.equal((await stage.call('/patient', token)).status, 200);
  assert.equal((await stage.call('/orders', token)).status, 200);
  stage.legacy.fail(true);
  stage.wait(4 * minute);
  assert.equal((await stage.call('/patient', token)).status, 200);
  assert.equal((await stage.call('/orders', token)).status, 503, 'of another API it is no matter');
  assert.equal((await stage.call('/patient', 'lg_never_seen')).status, 503);
  stage.wait(2 * minute);
  assert.equal((await stage.call('/patient', token)).status, 503);
});

test('grace ends with the outage: what was revoked meanwhile is refused at once', async () => {
  const token = stage.issue(stage.legacy, 'lg_revoked_meanwhile');
  assert.equal((await stage.call('/patient', token)).status, 200);
  stage.legacy.fail(true);
  stage.wait(minute);
  assert.equal((await stage.call('/patient', token)).status, 200);
  stage.legacy.known.delete(token);
  stage.legacy.fail(false);
  stage.wait(minute);
  assert.equal((await stage.call('/patient', token)).code, 'token_inactive');
});

test('JWTs of an issuer that is asked about all tokens are shown to it, whoever signed them', async () => {
  const token = stage.jwt({ iss: 'https://watched.example' });
  assert.equal((await stage.call('/watched', token)).code, 'token_inactive');
  stage.wait(minute);
  stage.issue(stage.legacy, token, { iss: 'https://watched.example' });
  assert.equal((await stage.call('/watched', token)).status, 200);
  stage.legacy.known.delete(token);
  stage.wait(minute);
  assert.equal((await stage.call('/watched', token)).code, 'token_inactive');
});

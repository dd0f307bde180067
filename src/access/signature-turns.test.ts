import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { aJwt, aSigningKey, keySetOf, outcome, type SigningKey } from '../../test/fixtures/a-jwt.ts';
import { algorithmNames } from '../tokens/algorithms.ts';
import { decodeJws } from '../tokens/decode.ts';
import { prepareSignatureCheck, type SignatureCheck } from '../tokens/signature-check.ts';
import { SignatureTurns } from './signature-turns.ts';

const [mine, yours] = [aSigningKey('ES256', 'mine'), aSigningKey('ES256', 'yours')];
const keySets = new Map([mine, yours].map((key) => [key, keySetOf(key)]));

/** A token of its own for each number, its keys, its check, and how often the library was asked. */
function aCheck(number: number, key: SigningKey = mine, signedBy: SigningKey = key) {
  const token = aJwt(signedBy, { jti: String(number) }, { kid: key.kid });
  const jws = decodeJws(token, 16_384);
  const keySet = keySets.get(key);
  assert.ok(jws.ok && keySet !== undefined);
  const prepared = prepareSignatureCheck(jws.value, algorithmNames, keySet);
  assert.ok(prepared.ok);
  const { algorithm } = prepared.value;
  const verify = mock.fn(algorithm.verify);
  const check: SignatureCheck = { ...prepared.value, algorithm: { ...algorithm, verify } };
  return { token, keySet, check, asked: () => verify.mock.callCount() };
}

const many = (count: number, ...of: readonly SigningKey[]) => Array.from({ length: count }, (_, n) => aCheck(n, ...of));

test('while nothing else is to be done, a signature is checked at once', () => {
  const turns = new SignatureTurns();
  const { token, keySet, check } = aCheck(1);
  assert.equal(outcome(turns.findSigner(token, keySet, check) as never), 'accepted');
});

test('beyond the budget of a turn they wait for the next turns, and other work gets its turn between them', async () => {
  const turns = new SignatureTurns({ budgetMs: 0.001 });
  const checks = many(5);
  const found = checks.map(({ token, keySet, check }) => turns.findSigner(token, keySet, check));
  const done = (): number => checks.filter(({ asked }) => asked() > 0).length;
  assert.deepEqual(
    found.map((each) => each instanceof Promise),
    [false, true, true, true, true],
  );
  for (const expected of [1, 2, 3, 4, 5]) {
    assert.equal(done(), expected);
    await nextTurn();
  }
  for (const verdict of await Promise.all(found)) assert.equal(outcome(verdict), 'accepted');
});

test('a new turn has its budget, for what comes with it when nobody waits', async () => {
  const turns = new SignatureTurns({ budgetMs: 0.001 });
  for (const { token, keySet, check } of many(3)) {
    assert.ok(!(turns.findSigner(token, keySet, check) instanceof Promise));
    await nextTurn();
  }
});

test('the same token is checked once, however often it is presented meanwhile', async () => {
  const turns = new SignatureTurns({ budgetMs: 0.001 });
  const [first, good, forged] = [aCheck(0), aCheck(1), aCheck(2, mine, yours)];
  void turns.findSigner(first.token, first.keySet, first.check);
  const present = ({ token, keySet, check }: typeof good) =>
    Promise.all(Array.from({ length: 100 }, () => turns.findSigner(token, keySet, check)));
  const [goods, forgeds] = await Promise.all([present(good), present(forged)]);
  assert.deepEqual(new Set(goods.map(outcome)), new Set(['accepted']));
  assert.deepEqual(new Set(forgeds.map(outcome)), new Set(['signature_invalid']));
  assert.deepEqual([good.asked(), forged.asked()], [1, 1]);
});

test('a token that is presented again by other keys is checked by those too', async () => {
  const turns = new SignatureTurns({ budgetMs: 0.001 });
  const before = aCheck(0);
  void turns.findSigner(before.token, before.keySet, before.check);
  const { token, keySet, check } = aCheck(1);
  const other = { ...aCheck(1, yours, mine).check };
  const found = [turns.findSigner(token, keySet, check), turns.findSigner(token, keySetOf(yours), other)];
  assert.deepEqual((await Promise.all(found)).map(outcome), ['accepted', 'signature_invalid']);
});

test('a flood of one issuer does not hold up the tokens of another', async () => {
  const turns = new SignatureTurns({ budgetMs: 0.001 });
  const flood = Array.from({ length: 20 }, (_, n) => aCheck(n, mine, yours));
  for (const { token, keySet, check } of flood) void turns.findSigner(token, keySet, check);
  const good = aCheck(100, yours);
  assert.equal(outcome(await turns.findSigner(good.token, good.keySet, good.check)), 'accepted');
  assert.ok(flood.filter(({ asked }) => asked() > 0).length <= 3);
});

test('where too many wait they are refused without a look, those of another issuer are not, and later there is room', async () => {
  const [first, second, third, other] = [aCheck(0), aCheck(1), aCheck(2), aCheck(3, yours)];
  const turns = new SignatureTurns({ budgetMs: 0.001, maxWaiting: other.token.length });
  void turns.findSigner(first.token, first.keySet, first.check);
  const waits = turns.findSigner(second.token, second.keySet, second.check);
  const refused = turns.findSigner(third.token, third.keySet, third.check);
  assert.ok(!(refused instanceof Promise) && !refused.ok);
  assert.deepEqual(refused.rejection, { code: 'verification_saturated', facts: {}, retryAfter: 1 });
  assert.equal(third.asked(), 0);
  assert.equal(outcome(await turns.findSigner(other.token, other.keySet, other.check)), 'accepted');
  assert.equal(outcome(await waits), 'accepted');
  assert.equal(outcome(await turns.findSigner(third.token, third.keySet, third.check)), 'accepted');
});

test('a check that throws fails for those who wait for it, and for nobody else', async () => {
  const turns = new SignatureTurns({ budgetMs: 0.001 });
  const [first, broken, next] = [aCheck(0), aCheck(1), aCheck(2)];
  void turns.findSigner(first.token, first.keySet, first.check);
  const verify = (): never => {
    throw new Error('broken');
  };
  const algorithm = { ...broken.check.algorithm, verify };
  const found = turns.findSigner(broken.token, broken.keySet, { ...broken.check, algorithm });
  const after = turns.findSigner(next.token, next.keySet, next.check);
  await assert.rejects(async () => found, /broken/);
  assert.equal(outcome(await after), 'accepted');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Claims } from '../protocol/claims.ts';
import { checkExpiry } from './check-expiry.ts';

const at = 1_790_000_000;

function codeOf(claims: Claims, leewaySeconds: number, nowSeconds: number): string | undefined {
  return checkExpiry(claims, leewaySeconds, nowSeconds * 1000)?.code;
}

test('a token dies on the second of `exp`, not after it', () => {
  assert.equal(codeOf({ exp: at }, 0, at - 0.001), undefined);
  assert.equal(codeOf({ exp: at }, 0, at), 'token_expired');
  assert.equal(codeOf({ exp: at }, 5, at + 4.999), undefined);
  assert.equal(codeOf({ exp: at }, 5, at + 5), 'token_expired');
});

test('a token lives from the second of `nbf` on', () => {
  const exp = at + 3600;
  assert.equal(codeOf({ exp, nbf: at }, 0, at - 0.001), 'token_not_yet_valid');
  assert.equal(codeOf({ exp, nbf: at }, 0, at), undefined);
  assert.equal(codeOf({ exp, nbf: at }, 5, at - 5), undefined);
  assert.equal(codeOf({ exp, nbf: at }, 5, at - 5.001), 'token_not_yet_valid');
});

test('a token is not older than the world', () => {
  const exp = at + 3600;
  assert.equal(codeOf({ exp, iat: at }, 0, at), undefined);
  assert.equal(codeOf({ exp, iat: at }, 5, at - 5), undefined);
  assert.equal(codeOf({ exp, iat: at }, 5, at - 5.001), 'token_issued_in_future');
});

test('dates may have fractions', () => {
  assert.equal(codeOf({ exp: at + 0.5 }, 0, at + 0.4), undefined);
  assert.equal(codeOf({ exp: at + 0.5 }, 0, at + 0.5), 'token_expired');
});

test('what has no proper `exp` has expired, and what has no proper start has not begun', () => {
  for (const exp of [undefined, null, String(at + 60), -1, 2 ** 53 + 2, [at + 60]]) {
    assert.equal(codeOf(exp === undefined ? {} : { exp }, 5, at), 'token_expired');
  }
  for (const bad of [null, String(at - 60), -1, [at]]) {
    assert.equal(codeOf({ exp: at + 60, nbf: bad }, 5, at), 'token_not_yet_valid');
    assert.equal(codeOf({ exp: at + 60, iat: bad }, 5, at), 'token_issued_in_future');
  }
});

test('a token is valid at exactly the moments from its start to before its end', () => {
  const second = fc.integer({ min: 0, max: 100 });
  fc.assert(
    fc.property(second, second, second, second, fc.integer({ min: 0, max: 10 }), (exp, nbf, iat, now, leeway) => {
      const valid = now < exp + leeway && now >= nbf - leeway && now >= iat - leeway;
      assert.equal(checkExpiry({ exp, nbf, iat }, leeway, now * 1000) === undefined, valid);
    }),
    { numRuns: 500 },
  );
});

test('the facts show the date, the clock, and how far they are apart', () => {
  const now = (at + 65) * 1000;
  const moment = { nowSeconds: at + 65, leewaySeconds: 5 };
  const exp = at + 3600;
  const facts = { expired: checkExpiry({ exp: at }, 5, now), early: checkExpiry({ exp, nbf: at + 665 }, 5, now) };
  assert.deepEqual(facts.expired?.facts, { exp: at, ...moment, differenceSeconds: 65 });
  assert.deepEqual(facts.early?.facts, { nbf: at + 665, ...moment, differenceSeconds: 600 });
  const future = checkExpiry({ exp, iat: at + 665 }, 5, now);
  assert.deepEqual(future?.facts, { iat: at + 665, ...moment, differenceSeconds: 600 });
  assert.deepEqual(checkExpiry({ exp: 'soon' }, 5, now)?.facts, {
    exp: 'soon',
    ...moment,
    differenceSeconds: undefined,
  });
});

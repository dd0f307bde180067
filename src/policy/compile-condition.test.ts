import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aPrincipal, strictJson } from '../../test/fixtures/a-principal.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import type { Claims } from '../protocol/claims.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Rejection } from '../protocol/rejection.ts';
import { compileCondition } from './compile-condition.ts';

const now = 1_790_000_060_000;

const claims = strictJson(`{
  "email": "mira@acme.example", "email_verified": true, "level": 5, "ratio": 0.5, "levels": [1, 2, 3], "mixed": [1, "a"],
  "address": { "country": "CH", "lines": ["a", "b"] }, "nothing": null, "text": "true", "huge": 1e300,
  "https://acme.example/roles": ["clerk"], "constructor": "name", "__proto__": { "admin": true }
}`) as Claims;

const principal = aPrincipal({
  claims,
  roles: ['clerk', 'admin'],
  groups: ['/staff', '/staff/orders'],
  scopes: new Set(['orders:read', 'orders:write']),
});

const request = aRequest({
  path: '/orders/42',
  query: 'full=1',
  headers: { 'x-tenant': 'acme', authorization: 'Bearer secret', 'proxy-authorization': 'Basic secret' },
});

function judge(expression: string, who: Principal = principal): Rejection | undefined {
  const condition = compileCondition(expression);
  assert.ok(condition.ok, condition.ok ? '' : `${expression}: ${condition.reason}`);
  return condition.requirement(who, request, now);
}

const holds = [
  'true',
  'principal.issuer == "https://acme.example"',
  'principal.subject == "mira" && principal.client == "reporting"',
  'principal.kind == "jwt"',
  '"orders:read" in principal.scopes && size(principal.scopes) == 2',
  'principal.scopes.all(s, s.startsWith("orders:"))',
  '"clerk" in principal.roles',
  'principal.roles.exists(role, role in ["admin", "root"])',
  'principal.groups.exists_one(g, g.endsWith("/orders"))',
  '"https://api.example.com/orders" in principal.audiences',
  'principal.issuedAt < principal.expires && principal.expires > request.time',
  'request.time - principal.issuedAt == duration("1m")',
  'principal.claims.email_verified',
  'principal.claims.email_verified == true',
  'principal.claims.email.endsWith("@acme.example")',
  'principal.claims["https://acme.example/roles"].exists(r, r == "clerk")',
  'principal.claims.address.country == "CH"',
  'principal.claims.address.lines[1] == "b"',
  'principal.claims.nothing == null',
  'has(principal.claims.email) && !has(principal.claims.phone)',
  'has(principal.claims.phone) ? principal.claims.phone == "1" : true',
  'request.method == "GET" && request.host == "api.example.com" && request.query == "full=1"',
  'request.path.matches("^/orders/[0-9]+$")',
  'request.path.split("/")[2] == "42"',
  'request.headers["x-tenant"] == "acme" && request.headers["X-Tenant"] == "acme"',
  '"x-tenant" in request.headers && !("x-other" in request.headers)',
  'request.time.getFullYear() == 2026',
];

for (const expression of holds) {
  test(`it holds that ${expression}`, () => assert.equal(judge(expression), undefined));
}

const numbers = [
  'principal.claims.level >= 3',
  'principal.claims.level > 4.5',
  'principal.claims.level == 5',
  'principal.claims.level == 5.0',
  'principal.claims.level != 4',
  'principal.claims.level + 1 == 6',
  'principal.claims.level % 2 == 1',
  'principal.claims.ratio < 1',
  'principal.claims.ratio * 2.0 == 1.0',
  'double(principal.claims.level) / 2.0 == 2.5',
  '3 in principal.claims.levels',
  'principal.claims.level in [5, 6]',
  'principal.claims.levels == [1, 2, 3]',
  'principal.claims.levels.map(l, l * 2).exists(l, l == 6)',
  'principal.claims.huge > 1',
];

for (const expression of numbers) {
  test(`numbers mean what they say: ${expression}`, () => assert.equal(judge(expression), undefined));
}

test('a condition that is false refuses, and says which it was', () => {
  const expression = 'principal.claims.level > 5';
  assert.deepEqual(judge(expression), { code: 'condition_false', facts: { when: expression } });
});

test('a missing claim refuses, also where it is negated', () => {
  for (const expression of ['principal.claims.phone == "1"', 'principal.claims.phone != "1"']) {
    assert.deepEqual(judge(expression), {
      code: 'condition_failed',
      facts: { when: expression, reason: 'No such key: phone', present: Object.keys(claims) },
    });
    assert.equal(judge(`!(${expression})`)?.code, 'condition_failed');
  }
  assert.equal(judge('principal.claims.address.city.name == "a"')?.code, 'condition_failed');
  assert.equal(judge('!(principal.claims.banned)')?.code, 'condition_failed');
});

test('an absent subject or client refuses like a missing claim', () => {
  const nobody = aPrincipal({ subject: undefined, client: undefined, issuedAt: undefined });
  assert.equal(judge('principal.subject != "root"', nobody)?.code, 'condition_failed');
  assert.equal(judge('principal.client != "root"', nobody)?.code, 'condition_failed');
  assert.equal(judge('principal.issuedAt < request.time', nobody)?.code, 'condition_failed');
  assert.equal(judge('!has(principal.subject)', nobody), undefined);
});

test('a claim of another type than expected refuses', () => {
  for (const expression of [
    'principal.claims.level',
    'principal.claims.text',
    'principal.claims.text && true',
    'principal.claims.level.endsWith("5")',
    'principal.claims.email > 3',
    '"a" in principal.claims.email',
    'principal.claims.email.exists(c, c == "m")',
    'principal.claims.levels[7] == 1',
    '1 / (principal.claims.level - 5) == 1',
  ]) {
    assert.equal(judge(expression)?.code, 'condition_failed', expression);
  }
});

test('an error in one half matters only where the other half does not settle it', () => {
  assert.equal(judge('principal.claims.phone == "1" || principal.claims.level == 5'), undefined);
  assert.equal(judge('principal.claims.phone == "1" && principal.claims.level == 4')?.code, 'condition_false');
  assert.equal(judge('principal.claims.phone == "1" && principal.claims.level == 5')?.code, 'condition_failed');
});

test('groups that the issuer did not list are refused by their own name', () => {
  const overage = aPrincipal({ groups: 'unknown' });
  assert.equal(judge('"/staff" in principal.groups', overage)?.code, 'groups_unknown');
  assert.equal(judge('!("/banned" in principal.groups)', overage)?.code, 'groups_unknown');
  assert.equal(judge('!has(principal.groups)', overage)?.code, 'groups_unknown');
});

test('prototypes are out of reach: constructor and __proto__ are claims or absent', () => {
  assert.equal(judge('principal.claims.constructor == "name"'), undefined);
  assert.equal(judge('principal.claims["__proto__"].admin'), undefined);
  const plain = aPrincipal({ claims: strictJson('{ "o": {}, "l": [] }') as Claims });
  for (const name of [
    'constructor',
    '__proto__',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'size',
    'get',
  ]) {
    assert.equal(judge(`has(principal.claims.o.${name})`, plain)?.code, 'condition_false', name);
    assert.equal(judge(`principal.claims.${name} != 1`, plain)?.code, 'condition_failed', name);
    assert.equal(judge(`principal.claims.o["${name}"] != 1`, plain)?.code, 'condition_failed', name);
    assert.equal(judge(`"${name}" in principal.claims`, plain)?.code, 'condition_false', name);
    assert.equal(judge(`principal[request.headers["x-tenant"] + "${name}"] != 1`)?.code, 'condition_failed', name);
  }
});

test('headers that carry credentials are never there', () => {
  for (const name of ['authorization', 'Authorization', 'proxy-authorization']) {
    assert.equal(judge(`"${name}" in request.headers`)?.code, 'condition_false');
    assert.equal(judge(`request.headers["${name}"] != ""`)?.code, 'condition_failed');
  }
});

test('a regular expression that makes backtracking engines hang decides at once', () => {
  const victim = aRequest({ path: `/${'a'.repeat(10_000)}!` });
  const condition = compileCondition('request.path.matches("^/(a+)+$")');
  assert.ok(condition.ok);
  const start = performance.now();
  assert.equal(condition.requirement(principal, victim, now)?.code, 'condition_false');
  assert.ok(performance.now() - start < 1000);
});

test('law: compiling never throws, whatever the text', () => {
  const words = fc.constantFrom(
    'principal',
    'request',
    '.',
    'claims',
    '(',
    ')',
    '[',
    ']',
    '"',
    "'",
    '==',
    '&&',
    '!',
    'has',
    'matches',
    '1',
    '{',
    '}',
    ',',
    '?',
    ':',
    ' in ',
    '\\',
    'exists',
    'x',
  );
  const texts = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words, { maxLength: 20 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const condition = compileCondition(text);
      if (condition.ok) condition.requirement(principal, request, now);
    }),
  );
});

test('law: a condition over any claims is granted or refused, never thrown', () => {
  const expressions = [
    'principal.claims.a.b == 1',
    'principal.claims.a >= 3',
    '"x" in principal.claims.a',
    'principal.claims.a.exists(x, x == 1)',
    'principal.claims.a',
  ];
  const conditions = expressions.map((expression) => compileCondition(expression));
  fc.assert(
    fc.property(fc.json(), (text) => {
      const who = aPrincipal({ claims: strictJson(`{"a": ${text}}`) as Claims });
      for (const condition of conditions) {
        assert.ok(condition.ok);
        const code = condition.requirement(who, request, now)?.code;
        assert.ok(code === undefined || code === 'condition_false' || code === 'condition_failed');
      }
    }),
  );
});

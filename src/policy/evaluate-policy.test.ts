import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aPrincipal } from '../../test/fixtures/a-principal.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Rejection } from '../protocol/rejection.ts';
import { compilePolicy } from './compile-policy.ts';
import { evaluatePolicy } from './evaluate-policy.ts';
import type { RuleOptions } from './rule-options.ts';

const now = 1_790_000_060_000;

function decide(rules: readonly RuleOptions[], facts: Partial<Principal> = {}, method = 'GET'): Rejection | undefined {
  return evaluatePolicy(compilePolicy(rules), aPrincipal(facts), aRequest({ method }), now);
}

const readAndWrite: readonly RuleOptions[] = [
  { methods: ['GET'], scopes: ['orders:read'] },
  { methods: ['POST', 'PUT'], scopes: ['orders:write', 'orders:read'] },
];

test('a request is allowed by the rule that covers its method', () => {
  assert.equal(decide(readAndWrite), undefined);
  assert.equal(decide(readAndWrite, { scopes: new Set(['orders:read', 'orders:write']) }, 'PUT'), undefined);
});

test('all scopes of a rule are needed, and the challenge names them', () => {
  assert.deepEqual(decide(readAndWrite, { scopes: new Set(['orders:read']) }, 'POST'), {
    code: 'scope_insufficient',
    facts: { rule: 1, missing: ['orders:write'], held: ['orders:read'] },
    scope: ['orders:write', 'orders:read'],
  });
});

test('what no rule covers is refused, whoever asks', () => {
  assert.deepEqual(decide(readAndWrite, {}, 'DELETE'), { code: 'rule_missing', facts: { method: 'DELETE' } });
  assert.deepEqual(decide([]), { code: 'rule_missing', facts: { method: 'GET' } });
});

test('a rule without demands allows every good token, and one without methods covers them all', () => {
  assert.equal(decide([{}], { scopes: new Set(), subject: undefined, client: undefined }, 'PROPFIND'), undefined);
});

test('who may GET may HEAD, but not the other way round', () => {
  assert.equal(decide([{ methods: ['GET'] }], {}, 'HEAD'), undefined);
  assert.equal(decide([{ methods: ['HEAD'] }], {}, 'GET')?.code, 'rule_missing');
});

test('methods are compared letter by letter', () => {
  for (const method of ['get', 'Get', 'GET ', '', '__proto__', 'constructor']) {
    assert.equal(decide([{ methods: ['GET'] }], {}, method)?.code, 'rule_missing', method);
  }
});

test('rules add up: any one that is met allows', () => {
  const rules = [{ scopes: ['orders:admin'] }, { roles: ['clerk'] }];
  assert.equal(decide(rules, { roles: ['clerk'] }), undefined);
  assert.equal(decide(rules, { scopes: new Set(['orders:admin']) }), undefined);
});

test('where no rule is met, the refusal is that of the first rule covering the method', () => {
  const rules = [{ methods: ['POST'] }, { scopes: ['orders:admin'] }, { roles: ['clerk'] }];
  const refusal = decide(rules);
  assert.equal(refusal?.code, 'scope_insufficient');
  assert.equal(refusal?.facts['rule'], 1);
});

test('one role of the rule is enough, and none is refused by name', () => {
  assert.equal(decide([{ roles: ['clerk', 'admin'] }], { roles: ['guest', 'admin'] }), undefined);
  assert.deepEqual(decide([{ roles: ['clerk', 'admin'] }], { roles: ['guest'] }), {
    code: 'role_missing',
    facts: { rule: 0, needed: ['clerk', 'admin'], held: ['guest'] },
  });
});

test('one group of the rule is enough, none is refused, and unknown groups are refused by their own name', () => {
  const rules = [{ groups: ['/staff'] }];
  assert.equal(decide(rules, { groups: ['/staff', '/all'] }), undefined);
  assert.equal(decide(rules, { groups: ['/all'] })?.code, 'group_missing');
  assert.equal(decide(rules, { groups: 'unknown' })?.code, 'groups_unknown');
  assert.equal(decide([{ groups: ['unknown'] }], { groups: 'unknown' })?.code, 'groups_unknown');
});

test('issuer, client and subject are those of the rule', () => {
  const rules = [{ issuers: ['acme'], clients: ['reporting', 'batch'], subjects: ['mira'] }];
  assert.equal(decide(rules), undefined);
  assert.deepEqual(decide(rules, { issuerName: 'other' }), {
    code: 'caller_not_allowed',
    facts: { rule: 0, issuerName: 'other', allowed: ['acme'] },
  });
  assert.deepEqual(decide(rules, { client: undefined })?.facts, {
    rule: 0,
    client: null,
    allowed: ['reporting', 'batch'],
  });
  assert.deepEqual(decide(rules, { subject: 'Mira' })?.facts, { rule: 0, subject: 'Mira', allowed: ['mira'] });
});

test('who is calling is judged before scopes: nobody is sent to fetch a scope that would not help', () => {
  const rules = [{ scopes: ['orders:admin'], roles: ['clerk'], clients: ['batch'] }];
  assert.equal(decide(rules)?.code, 'caller_not_allowed');
  assert.equal(decide(rules, { client: 'batch' })?.code, 'role_missing');
  assert.equal(decide(rules, { client: 'batch', roles: ['clerk'] })?.code, 'scope_insufficient');
});

test('the witness is told which rule allowed', () => {
  const seen: unknown[] = [];
  const policy = compilePolicy([{ methods: ['POST'] }, { scopes: ['orders:read'] }]);
  evaluatePolicy(policy, aPrincipal(), aRequest(), now, (check, facts) => seen.push(check, facts));
  assert.deepEqual(seen, ['policy', { rule: 1 }]);
});

const names = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const list = fc.uniqueArray(names, { minLength: 1, maxLength: 3 });
const conditions = fc.constantFrom(
  'principal.claims.level >= 3',
  '"a" in principal.groups',
  'has(principal.subject)',
  'request.path.matches("^/[ab]+$")',
);
const rule: fc.Arbitrary<RuleOptions> = fc.record(
  {
    methods: fc.uniqueArray(fc.constantFrom('GET', 'POST', 'HEAD'), { minLength: 1 }),
    scopes: list,
    roles: list,
    groups: list,
    clients: list,
    subjects: list,
    issuers: list,
    when: conditions,
  },
  { requiredKeys: [] },
);
const withoutCondition = rule.map(({ when: _, ...others }) => others);
const principals: fc.Arbitrary<Partial<Principal>> = fc.record({
  subject: fc.option(names, { nil: undefined }),
  client: fc.option(names, { nil: undefined }),
  issuerName: names,
  scopes: fc.uniqueArray(names).map((scopes) => new Set(scopes)),
  roles: fc.array(names),
  groups: fc.oneof(fc.array(names), fc.constant('unknown' as const)),
  claims: fc
    .dictionary(names, fc.jsonValue() as fc.Arbitrary<string>)
    .map((claims) => Object.assign(Object.create(null), claims)),
});
const methods = fc.constantFrom('GET', 'POST', 'HEAD', 'get', '');

test('law: a decision is always a value of the policy check, never an exception', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 3 }), principals, methods, (rules, facts, method) => {
      const refusal = decide(rules, facts, method);
      if (refusal !== undefined) assert.equal(typeof refusal.code, 'string');
    }),
  );
});

test('law: more scopes, roles or rules never turn a grant into a refusal', () => {
  fc.assert(
    fc.property(
      fc.array(withoutCondition),
      principals,
      methods,
      names,
      withoutCondition,
      (rules, facts, method, extra, more) => {
        fc.pre(decide(rules, facts, method) === undefined);
        assert.equal(decide(rules, { ...facts, scopes: new Set([...(facts.scopes ?? []), extra]) }, method), undefined);
        assert.equal(decide(rules, { ...facts, roles: [...(facts.roles ?? []), extra] }, method), undefined);
        assert.equal(decide([...rules, more], facts, method), undefined);
      },
    ),
  );
});

test('law: the same principal from a JWT and from an opaque token gets the same decision', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 3 }), principals, methods, (rules, facts, method) => {
      const jwt = decide(rules, { ...facts, kind: 'jwt' }, method);
      assert.deepEqual(decide(rules, { ...facts, kind: 'opaque' }, method), jwt);
    }),
  );
});

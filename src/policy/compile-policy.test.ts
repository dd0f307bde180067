import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilePolicy } from './compile-policy.ts';
import { type PolicyFault, PolicyInvalid } from './policy-invalid.ts';
import type { RuleOptions } from './rule-options.ts';

function faultsOf(rules: readonly RuleOptions[]): readonly PolicyFault[] {
  try {
    compilePolicy(rules);
  } catch (error) {
    assert.ok(error instanceof PolicyInvalid);
    return error.faults;
  }
  return [];
}

test('a list that can never be met is refused', () => {
  for (const name of ['methods', 'scopes', 'roles', 'groups', 'clients', 'subjects', 'issuers']) {
    assert.deepEqual(faultsOf([{ [name]: [] }]), [
      {
        path: [0, name],
        reason: 'is empty, so that it can never be met',
        remedy: `Leave \`${name}\` out, or fill it.`,
      },
    ]);
    assert.deepEqual(
      faultsOf([{ [name]: ['GET', ''] }]).map(({ path }) => path),
      [[0, name, 1]],
    );
  }
});

test('a standard method in lower case is refused, since it would never match', () => {
  assert.deepEqual(faultsOf([{ methods: ['get'] }]), [
    {
      path: [0, 'methods', 0],
      reason: '"get" never matches: methods are case-sensitive (RFC 9110 section 9.1)',
      remedy: 'Write GET.',
    },
  ]);
  assert.deepEqual(faultsOf([{ methods: ['M-SEARCH', 'purge'] }]), []);
});

test('several methods or scopes in one string are refused', () => {
  assert.deepEqual(
    faultsOf([{ methods: ['GET, POST'], scopes: ['a b', 'a"b'] }]).map(({ path, reason }) => [path, reason]),
    [
      [[0, 'methods', 0], '"GET, POST" is no HTTP method'],
      [[0, 'scopes', 0], '"a b" is no scope (RFC 6749 section 3.3)'],
      [[0, 'scopes', 1], '"a\\"b" is no scope (RFC 6749 section 3.3)'],
    ],
  );
});

test('every fault of every rule is listed at once', () => {
  const faults = faultsOf([{ scopes: [] }, {}, { when: 'principal.subjekt == "a"', methods: ['post'] }]);
  assert.deepEqual(
    faults.map(({ path }) => path.join('.')),
    ['0.scopes', '2.methods.0', '2.when'],
  );
});

test('the exception says it in one line a fault', () => {
  assert.throws(() => compilePolicy([{ scopes: [] }, { when: 'foo' }]), {
    name: 'PolicyInvalid',
    message:
      'rules.0.scopes: is empty, so that it can never be met\nrules.1.when: Unknown variable: foo (at character 1)',
  });
});

test('a compiled policy is frozen', () => {
  const policy = compilePolicy([{}]);
  assert.ok(Object.isFrozen(policy) && Object.isFrozen(policy.rules) && Object.isFrozen(policy.rules[0]));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileCondition } from './compile-condition.ts';

function reasonOf(expression: string): string {
  const condition = compileCondition(expression);
  assert.ok(!condition.ok, `${expression} was compiled`);
  assert.notEqual(condition.remedy, '');
  return condition.reason;
}

test('what is unknown is refused when it is compiled, with its place', () => {
  const table: [string, string][] = [
    ['principle.subject == "a"', 'Unknown variable: principle (at character 1)'],
    ['true && principal.subjekt == "a"', 'unknown field: principal.subjekt (at character 9)'],
    ['has(principal.subjekt)', 'unknown field: principal.subjekt (at character 5)'],
    ['has(principal.claim.email)', 'unknown field: principal.claim (at character 5)'],
    ['principal["subjekt"] == "a"', 'No such key: subjekt (at character 1)'],
    ['request.body == ""', 'unknown field: request.body (at character 1)'],
    ['now() > 3', 'unknown function: now (at character 1)'],
    ['principal.subject.reverse() == "a"', 'unknown function: reverse (at character 1)'],
    ['principal.claims.email.reverse() == "a"', 'unknown function: reverse (at character 1)'],
    ['cel.bind(x, 1, x == 1)', 'unknown function: bind (at character 1)'],
    ['b"{}".json() == {}', 'unknown function: json (at character 1)'],
  ];
  for (const [expression, reason] of table) assert.equal(reasonOf(expression), reason);
});

test('what is not CEL, or does not type-check, is refused when it is compiled', () => {
  const table: [string, string][] = [
    ['', 'Unexpected token: EOF (at character 1)'],
    ['1 +', 'Unexpected token: EOF (at character 4)'],
    ['principal.subject = "a"', 'Unexpected character: = (at character 19)'],
    ['principal.subject > 3', 'no such overload: string > int (at character 1)'],
    ['principal.scopes == "a"', 'no such overload: list<string> == string (at character 1)'],
    ['principal.subject', 'yields string, not bool'],
    ['principal.scopes', 'yields list<string>, not bool'],
    ['size(principal.scopes)', 'yields int, not bool'],
    ['principal', 'yields Principal, not bool'],
  ];
  for (const [expression, reason] of table) assert.equal(reasonOf(expression), reason);
});

test('what could be slow is refused when it is compiled', () => {
  assert.equal(reasonOf(`"${'a'.repeat(4096)}" == "a"`), 'is longer than 4096 characters');
  assert.equal(reasonOf(`${'('.repeat(40)}true${')'.repeat(40)}`), 'Exceeded maxDepth (32) (at character 33)');
  assert.match(reasonOf(`${'true && '.repeat(300)}true`), /^Exceeded maxAstNodes/);
  assert.equal(
    reasonOf('principal.roles.exists(r, principal.groups.exists(g, g == r))'),
    'exists() inside another list macro (at character 27)',
  );
  assert.equal(
    reasonOf('request.path.matches(request.host)'),
    'the pattern of matches() is no string literal (at character 1)',
  );
  assert.equal(
    reasonOf('request.path.matches("(?=a)")'),
    '"(?" is not available: patterns run in linear time (at character 22)',
  );
  assert.match(reasonOf('request.path.matches("[")'), /^Invalid regular expression/);
});

test('the prototypes of our own objects are no fields', () => {
  for (const name of ['constructor', 'prototype', 'toString', 'valueOf', 'get', 'size']) {
    assert.equal(reasonOf(`principal.${name} != 1`), `unknown field: principal.${name} (at character 1)`);
  }
  assert.equal(reasonOf('principal.__proto__ != 1'), 'unknown field: principal.__proto__ (at character 1)');
});

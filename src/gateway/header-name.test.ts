import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HeaderRole, headerName, isDisguisedFraming } from './header-name.ts';

const cases: readonly (readonly [string, HeaderRole])[] = [
  ['Accept', 'end-to-end'],
  ['My_Custom.Header', 'end-to-end'],
  ['HOST', 'host'],
  ['Keep-Alive', 'hop-by-hop'],
  ['TE', 'hop-by-hop'],
  ['Authorization', 'credential'],
  ['Gatehouse-Subject', 'identity'],
  ['gatehouse-anything', 'identity'],
  ['X-Forwarded-For', 'origin'],
  ['X-Forwarded-Prefix', 'origin'],
  ['X-Rewrite-URL', 'override'],
  ['X-HTTP-Method-Override', 'override'],
  ['Gatehouse_Subject', 'disguised'],
  ['gatehouse.subject', 'disguised'],
  ['X_Forwarded_For', 'disguised'],
  ['X-Forwarded_For', 'disguised'],
  ['Keep_Alive', 'disguised'],
  ['Transfer_Encoding', 'disguised'],
  ['Transfer---Encoding', 'disguised'],
  ['Content_Length', 'disguised'],
  ['constructor', 'end-to-end'],
  ['__proto__', 'end-to-end'],
];

for (const [name, role] of cases) {
  test(`${name} is ${role}`, () => assert.equal(headerName(name).role, role));
}

test('only imitations of the framing fields are reported as such', () => {
  assert.equal(isDisguisedFraming(headerName('Transfer___Encoding')), true);
  assert.equal(isDisguisedFraming(headerName('Gatehouse_Subject')), false);
  assert.equal(isDisguisedFraming(headerName('Content-Length')), false);
});

test('names that nobody spelled before are classified even when memory for names is full', () => {
  for (let i = 0; i < 5000; i++) headerName(`x-flood-${i}`);
  assert.equal(headerName('Gatehouse-Fresh').role, 'identity');
});

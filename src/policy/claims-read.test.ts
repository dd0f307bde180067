import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claimsRead } from './claims-read.ts';

test('the claims that conditions name are found, however they are written, each once', () => {
  const rules = [
    { when: 'principal.claims.email_verified == true && principal.claims["a:b"] == "x"' },
    {},
    { when: 'has(principal.claims.address.country) || "org" in principal.claims || !principal.claims.email_verified' },
  ];
  assert.deepEqual(claimsRead(rules), ['email_verified', 'a:b', 'address', 'org']);
});

test('what is no claim of the principal is not found', () => {
  const when = 'principal.subject == "claims" && request.headers["claims"] == "x" && "y" in principal.scopes';
  assert.deepEqual(claimsRead([{ when }]), []);
});

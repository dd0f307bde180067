import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { eventReason, printable } from './event-reason.ts';

test('The reason is the event, what changed, and what is said to administrators, in English if there is.', () => {
  assert.equal(eventReason('session-revoked', {}), 'session-revoked');
  assert.equal(
    eventReason('session-revoked', { reason_admin: { de: 'Nein', en: 'Policy' } }),
    'session-revoked: Policy',
  );
  assert.equal(eventReason('session-revoked', { reason_admin: { it: 'No' } }), 'session-revoked: No');
  assert.equal(eventReason('session-revoked', { reason_admin: 'plain' }), 'session-revoked: plain');
  assert.equal(eventReason('account-disabled', { reason: 'hijacking' }), 'account-disabled: hijacking');
  assert.equal(
    eventReason('credential-change', { change_type: 'revoke', credential_type: 'password' }),
    'credential-change: revoke: password',
  );
  assert.equal(eventReason('session-revoked', { reason_user: { en: 'for the user' }, reason: 7 }), 'session-revoked');
});

test('Nothing in it breaks a line, steers a terminal, or turns the direction of a text.', () => {
  assert.equal(printable('a\r\nb\u001b[31mc\u202Ed\u2028e\u0000'), 'a b [31mc d e');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (en, reason) => {
      const text = eventReason('session-revoked', { reason_admin: { en }, reason });
      assert.ok(text.length <= 256 && text.isWellFormed());
      assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }),
  );
});

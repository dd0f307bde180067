import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ada, aReceiver } from '../../../test/fixtures/a-receiver.ts';
import type { Json } from '../../base/json.ts';
import { sha256Hex } from '../../base/sha256.ts';
import type { SubjectRules } from '../receiver.ts';
import { locateSubject, type nowhere } from './locate-subject.ts';
import { readSubject } from './subject-identifier.ts';

const bothFormats: SubjectRules = { formats: new Set(['iss_sub', 'opaque']), sessionInTokens: true };

/** Where a subject leads, or why nowhere. */
function locate(subject: unknown, rules: SubjectRules = bothFormats, ofSession = true): unknown {
  const read = readSubject(subject as Json);
  if (!read.ok) return read.refusal.code;
  const located = locateSubject(read.value, ofSession, aReceiver({ subjects: rules }).receiver);
  if (!located.ok) return located.refusal.code;
  return Object.fromEntries(Object.entries(located.value).filter(([, names]) => names.length > 0));
}

const session = { format: 'opaque', id: 's-1' };
const app = { format: 'opaque', id: 'web' };
const adaFound = { subjects: ['ada'], people: ['ada'] };

test('A simple subject is found by what its format names.', () => {
  assert.deepEqual(locate(ada), adaFound);
  assert.deepEqual(locate({ ...ada, iss: 'https://elsewhere.example' }), 'subject_of_another_issuer');
  assert.deepEqual(locate({ format: 'jwt_id', iss: ada.iss, jti: 'j' }), { tokenIds: ['j'] });
  assert.deepEqual(
    locate({ format: 'jwt_id', iss: 'https://elsewhere.example', jti: 'j' }),
    'subject_of_another_issuer',
  );
  assert.deepEqual(locate({ format: 'opaque', id: 'ada' }, bothFormats, false), adaFound);
});

test('A plain opaque identifier of a session event names a session, and a person where that is configured.', () => {
  assert.deepEqual(locate(session), { sessions: ['s-1'], subjects: ['s-1'], people: ['s-1'] });
  assert.deepEqual(locate(session, { formats: new Set(['iss_sub']), sessionInTokens: true }), { sessions: ['s-1'] });
});

test('An email address is nobody, unless the tokens have it as their subject; then in both spellings.', () => {
  const mail = { format: 'email', email: 'Ada@Acme.example' };
  assert.equal(locate(mail), 'subject_unknown_format');
  assert.deepEqual(locate(mail, { formats: new Set(['email']), sessionInTokens: false }), {
    subjects: ['Ada@Acme.example', 'ada@acme.example'],
  });
});

test('A session of someone is the session where tokens name it, else all that the person has.', () => {
  const complex = { format: 'complex', user: ada, session, tenant: { format: 'opaque', id: 't' } };
  assert.deepEqual(locate(complex), { sessions: ['s-1'] });
  assert.deepEqual(locate(complex, { ...bothFormats, sessionInTokens: false }), { ...adaFound, sessions: ['s-1'] });
  assert.deepEqual(locate({ format: 'complex', session }), { sessions: ['s-1'] });
});

test('A device narrows nothing here, and an application narrows to its tokens.', () => {
  const device = { format: 'opaque', id: 'phone' };
  assert.deepEqual(locate({ format: 'complex', user: ada, device }), adaFound);
  assert.deepEqual(locate({ format: 'complex', user: ada, application: app }), { ...adaFound, clients: ['web'] });
  assert.deepEqual(locate({ format: 'complex', application: app }), { clients: ['web'] });
  for (const name of ['device', 'tenant', 'org_unit', 'group']) {
    assert.equal(locate({ format: 'complex', [name]: device }), 'subject_unknown_format', name);
  }
});

test('Of aliases each that is understood counts; one at least must be.', () => {
  const mail = { format: 'email', email: 'a@b.example' };
  assert.deepEqual(
    locate({ format: 'aliases', identifiers: [mail, ada, { format: 'jwt_id', iss: ada.iss, jti: 'j' }] }),
    {
      ...adaFound,
      tokenIds: ['j'],
    },
  );
  assert.equal(locate({ format: 'aliases', identifiers: [mail] }), 'subject_unknown_format');
  assert.equal(locate({ format: 'aliases', identifiers: [] }), 'subject_malformed');
  assert.equal(locate({ format: 'aliases', identifiers: [ada, { format: 'iss_sub' }] }), 'subject_malformed');
  const nested = { format: 'aliases', identifiers: [{ format: 'aliases', identifiers: [ada] }] };
  assert.equal(locate(nested), 'subject_malformed');
  assert.equal(locate({ format: 'aliases', identifiers: Array.from({ length: 17 }, () => ada) }), 'subject_malformed');
});

test('A token is found by itself or its hash; refresh tokens of others are never seen here.', () => {
  const token = { format: 'oauth_token', token_type: 'access_token', token_identifier_alg: 'plain', token: 'ya29.x' };
  assert.deepEqual(locate(token), { tokenHashes: [sha256Hex('ya29.x')] });
  const hashed = { ...token, token_identifier_alg: 'hash_SHA256', token: sha256Hex('x') };
  assert.deepEqual(locate(hashed), { tokenHashes: [sha256Hex('x')] });
  assert.equal(locate({ ...hashed, token: 'x' }), 'subject_unknown_format');
  assert.equal(locate({ ...token, token_identifier_alg: 'prefix' }), 'subject_unknown_format');
  assert.deepEqual(locate({ ...token, token_type: 'refresh_token' }), {});
});

test('No JSON whatever breaks the reading, and what is found is texts that the subject holds.', () => {
  const keys = fc.constantFrom('format', 'subject_type', 'iss', 'sub', 'id', 'email', 'user', 'session', 'identifiers');
  const formats = fc.constantFrom('iss_sub', 'iss-sub', 'opaque', 'email', 'complex', 'aliases', 'jwt_id', '__proto__');
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, formats, fc.string(), fc.integer(), fc.constant(ada), tie('object')),
    object: fc.oneof(fc.dictionary(keys, tie('value')), fc.array(tie('value'))),
  }));
  fc.assert(
    fc.property(value, (subject) => {
      const located = locate(subject);
      if (typeof located === 'string') return;
      const text = JSON.stringify(subject).toLowerCase();
      for (const name of Object.values(located as typeof nowhere).flat()) {
        assert.ok(text.includes(JSON.stringify(name).toLowerCase()), String(name));
      }
    }),
  );
});

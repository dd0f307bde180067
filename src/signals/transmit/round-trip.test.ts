import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aReceiver } from '../../../test/fixtures/a-receiver.ts';
import { sha256Hex } from '../../base/sha256.ts';
import type { Revocation, RevocationKind } from '../../revocation/index.ts';
import { takeSet } from '../set/take-set.ts';
import { makeSet } from './make-set.ts';
import { transmittedEvents } from './stream.ts';

const audience = 'https://signals.example/signals/acme';
const stream = { name: 's', endpoint: '', token: undefined, audience, events: new Set(transmittedEvents) };

/** What our receiver makes of what our transmitter says of an entry. */
async function heard(entry: Revocation): Promise<unknown> {
  const subject = aReceiver();
  const { receiver, dependencies, issuer } = subject;
  const signer = {
    issuer: issuer.identifier,
    sign: (claims: object, typ: string) => issuer.sign(claims as never, { typ }),
  };
  const set = makeSet(entry, stream, signer, subject.time);
  if (set === undefined) return 'not told';
  assert.ok(receiver.sets !== undefined);
  const verdict = await takeSet(set, 'push', receiver, receiver.sets, dependencies);
  if (!verdict.ok) return verdict.refusal.code;
  return subject.revoked.map(({ kind, value, client, before }) => ({ kind, value, client, before }));
}

function entryOf(kind: RevocationKind, value: string, more: Partial<Revocation> = {}): Revocation {
  const before = kind === 'jti' || kind === 'token' ? undefined : 1_789_999_990;
  const times = { at: 1_789_999_995_000, expiresAt: 1_800_000_000_000 };
  return { seq: 7, issuer: 'https://acme.example', kind, value, before, actor: 'test', ...times, ...more };
}

test('Our receiver hears from our transmitter exactly what was revoked.', async () => {
  const text = fc.string({ minLength: 1, maxLength: 40 }).filter((value) => value.isWellFormed());
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<RevocationKind>('subject', 'session', 'client', 'jti', 'token'),
      text,
      fc.option(text, { nil: undefined }),
      async (kind, name, client) => {
        const value = kind === 'token' ? sha256Hex(name) : name;
        const narrowed = kind === 'subject' ? client : undefined;
        const { before } = entryOf(kind, value);
        assert.deepEqual(await heard(entryOf(kind, value, { client: narrowed })), [
          { kind, value, client: narrowed, before },
        ]);
      },
    ),
    { numRuns: 60 },
  );
});

test('The whole issuer is told of, and taken by nobody who is not told to; a key is not told of.', async () => {
  assert.equal(await heard(entryOf('issuer', 'https://acme.example')), 'subject_unknown_format');
  assert.equal(await heard(entryOf('key', 'kid-1')), 'not told');
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aPrincipal } from '../../test/fixtures/a-principal.ts';
import { sha256Hex } from '../base/sha256.ts';
import { type Ancestor, ancestorsClaim, readAncestors, writeAncestor } from '../protocol/ancestors.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Revocation, RevocationKind } from './revocation.ts';
import { RevocationIndex } from './revocation-index.ts';
import { isInForce } from './revocation-match.ts';

const issuer = 'https://acme.example';

function revocation(facts: Partial<Revocation> & Pick<Revocation, 'kind' | 'value'>): Revocation {
  const takesCutOff = facts.kind !== 'token' && facts.kind !== 'jti';
  return { seq: 1, at: 0, issuer, before: takesCutOff ? 100 : undefined, expiresAt: 1000, actor: 'test', ...facts };
}

const theToken = aPrincipal({
  issuer,
  tokenHash: sha256Hex('the token'),
  tokenId: 'jti-1',
  subject: 'mira',
  client: 'reporting',
  session: 'sid-1',
  keyId: 'kid-1',
  issuedAt: 100,
});

const facetOf: Readonly<Record<RevocationKind, string>> = {
  token: theToken.tokenHash,
  jti: 'jti-1',
  subject: 'mira',
  client: 'reporting',
  session: 'sid-1',
  key: 'kid-1',
  issuer,
};
const kinds = Object.keys(facetOf) as RevocationKind[];

function indexOf(...entries: readonly Revocation[]): RevocationIndex {
  const index = new RevocationIndex();
  index.apply(entries);
  return index;
}

for (const kind of kinds) {
  test(`A token dies by its ${kind}, and says by which entry.`, () => {
    const before = kind === 'token' || kind === 'jti' ? undefined : 100;
    const index = indexOf(revocation({ kind, value: facetOf[kind], seq: 7 }));
    assert.deepEqual(index.match(theToken), { kind, seq: 7, before, from: undefined });
  });

  test(`The same ${kind} at another issuer is another thing.`, () => {
    const value = kind === 'issuer' ? 'https://other.example' : facetOf[kind];
    const index = indexOf(revocation({ kind, value, issuer: 'https://other.example' }));
    assert.equal(index.match(theToken), undefined);
  });

  test(`A token lives when the ${kind} is another.`, () => {
    const value = kind === 'token' ? sha256Hex('another token') : `${facetOf[kind]}x`;
    assert.equal(indexOf(revocation({ kind, value })).match(theToken), undefined);
  });
}

test('Tokens issued at or before the second of the cut-off die, those of the next second live.', () => {
  const index = indexOf(revocation({ kind: 'subject', value: 'mira', before: 100 }));
  const issued = (issuedAt: number | undefined) => index.match({ ...theToken, issuedAt }) !== undefined;
  assert.deepEqual([99, 100, 100.999, 101].map(issued), [true, true, true, false]);
  assert.equal(issued(undefined), true, 'nobody can say when it was issued');
  assert.equal(issued(Number.NaN), true);
});

test('An entry without a cut-off kills what was issued up to the second of its append.', () => {
  const index = indexOf(revocation({ kind: 'subject', value: 'mira', before: undefined, at: 100_999 }));
  assert.ok(index.match({ ...theToken, issuedAt: 100 }));
  assert.equal(index.match({ ...theToken, issuedAt: 101 }), undefined);
});

test('A subject that is narrowed to a client loses only the tokens of that client.', () => {
  const index = indexOf(revocation({ kind: 'subject', value: 'mira', client: 'reporting' }));
  assert.equal(index.match(theToken)?.kind, 'subject');
  assert.equal(index.match({ ...theToken, client: 'billing' }), undefined);
  assert.equal(index.match({ ...theToken, client: undefined }), undefined);
  assert.equal(index.match({ ...theToken, subject: 'bob' }), undefined);
});

test('No value of one kind hits another, and no pair reads like another pair.', () => {
  const index = indexOf(
    revocation({ kind: 'subject', value: 'reporting' }),
    revocation({ kind: 'client', value: 'mira' }),
    revocation({ kind: 'jti', value: theToken.tokenHash }),
    revocation({ kind: 'subject', value: '["mira","reporting"]' }),
    revocation({ kind: 'subject', value: 'mira"', client: ',"reporting' }),
  );
  assert.equal(index.match(theToken), undefined);
});

test('__proto__ and constructor are names like others.', () => {
  const index = indexOf(revocation({ kind: 'subject', value: '__proto__', issuer: 'constructor' }));
  assert.equal(index.match(theToken), undefined);
  assert.equal(index.match({ ...theToken, issuer: '__proto__' }), undefined);
  assert.ok(index.match({ ...theToken, issuer: 'constructor', subject: '__proto__' }));
});

test('The version grows with every change and with nothing else.', async () => {
  const index = new RevocationIndex();
  assert.equal(index.version, 0);
  index.apply([]);
  assert.equal(index.version, 0);
  index.apply([revocation({ kind: 'jti', value: 'jti-1', seq: 3 })]);
  assert.equal(index.version, 1);
  assert.equal(index.lastSeq, 3);
  index.match(theToken);
  await index.purge(999);
  assert.equal(index.version, 1);
  await index.purge(1000);
  assert.equal(index.version, 2);
  assert.equal(index.size, 0);
});

test('An entry goes exactly at its expiry, and takes no other with it.', async () => {
  const index = indexOf(
    revocation({ kind: 'subject', value: 'mira', before: 200, expiresAt: 500, seq: 1 }),
    revocation({ kind: 'subject', value: 'mira', before: 100, expiresAt: 900, seq: 2 }),
  );
  const dies = (issuedAt: number) => index.match({ ...theToken, issuedAt }) !== undefined;
  assert.equal(await index.purge(499), 0);
  assert.deepEqual([100, 200].map(dies), [true, true]);
  assert.equal(await index.purge(500), 1);
  assert.deepEqual([100, 200].map(dies), [true, false]);
  assert.equal(await index.purge(900), 1);
  assert.deepEqual([100, 200].map(dies), [false, false]);
});

/** What the index should do, in the plainest words: when the entry begins to kill the token, if it does. */
function naiveDeath(entry: Revocation, token: Principal): number | undefined {
  if (entry.issuer !== token.issuer) return undefined;
  const values: Readonly<Record<RevocationKind, readonly (string | undefined)[]>> = {
    token: [token.tokenHash, token.nestedTokenHash],
    jti: [token.tokenId],
    subject: [token.subject],
    client: [token.client],
    session: [token.session],
    key: [token.keyId],
    issuer: [token.issuer],
  };
  if (!values[entry.kind].includes(entry.value)) return undefined;
  if (entry.client !== undefined && entry.client !== token.client) return undefined;
  if (entry.kind === 'token' || entry.kind === 'jti') return entry.from ?? 0;
  const second = entry.before ?? Math.floor(entry.at / 1000);
  // An `iat` that is no number is no excuse.
  return token.issuedAt !== undefined && token.issuedAt >= second + 1 ? undefined : 0;
}

function naiveDeathBy(entries: readonly Revocation[], token: Principal): number | undefined {
  const deaths = entries.flatMap((entry) => naiveDeath(entry, token) ?? []);
  return deaths.length === 0 ? undefined : Math.min(...deaths);
}

/** As a token says it that was exchanged for these. */
function ancestorsOf(...tokens: readonly (Principal | undefined)[]): readonly Ancestor[] {
  const written = tokens.flatMap((token) =>
    token === undefined
      ? []
      : [writeAncestor({ ...token, hash: token.tokenHash, nestedHash: token.nestedTokenHash, id: token.tokenId })],
  );
  return readAncestors(JSON.parse(JSON.stringify({ [ancestorsClaim]: written }))) ?? assert.fail();
}

/** What can be exchanged: an `iat` that is no number has been refused by then. */
function asAncestor(token: Principal): Principal {
  return { ...token, issuedAt: Number.isNaN(token.issuedAt) ? undefined : token.issuedAt };
}

const few = (prefix: string) => fc.constantFrom('1', '2', '3').map((n) => prefix + n);
const issuers = few('https://issuer-');
const hashes = few('token ').map(sha256Hex);
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

const tokens = fc
  .record({
    issuer: issuers,
    tokenHash: hashes,
    nestedTokenHash: maybe(hashes),
    tokenId: maybe(few('v')),
    subject: maybe(few('v')),
    client: maybe(few('v')),
    session: maybe(few('v')),
    keyId: maybe(few('v')),
    issuedAt: maybe(fc.oneof(fc.nat(20), fc.constantFrom(0.5, 7.999, 20.25, Number.NaN))),
  })
  .map(aPrincipal);

const entries = fc
  .record({
    issuer: issuers,
    kind: fc.constantFrom(...kinds),
    name: few('v'),
    hash: hashes,
    client: maybe(few('v')),
    before: maybe(fc.nat(20)),
    from: maybe(fc.nat(60).map((seconds) => seconds * 1000)),
    at: fc.nat(20_999),
    expiresAt: fc.nat(100),
  })
  .map(({ kind, name, hash, client, before, from, ...rest }) => {
    const namesOne = kind === 'token' || kind === 'jti';
    return revocation({
      ...rest,
      kind,
      value: kind === 'token' ? hash : kind === 'issuer' ? rest.issuer : name,
      client: kind === 'subject' ? client : undefined,
      before: namesOne ? undefined : before,
      from: namesOne ? from : undefined,
    });
  });

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ apply: fc.array(entries, { maxLength: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ purge: fc.nat(120) }) },
    { weight: 1, arbitrary: fc.record({ replace: fc.array(entries, { maxLength: 8 }) }) },
  ),
  { maxLength: 40 },
);

test('The index agrees with a list of all entries, for any entries, tokens and times.', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.array(tokens, { minLength: 5, maxLength: 20 }), async (sequence, principals) => {
      const index = new RevocationIndex();
      let seq = 0;
      let live: Revocation[] = [];
      const numbered = (added: readonly Revocation[]) => added.map((entry) => ({ ...entry, seq: ++seq }));
      for (const step of sequence) {
        if ('purge' in step) {
          await index.purge(step.purge);
          live = live.filter(({ expiresAt }) => expiresAt > step.purge);
        } else if ('replace' in step) {
          live = numbered(step.replace);
          index.replaceBy(indexOf(...live));
        } else {
          const added = numbered(step.apply);
          index.apply(added);
          live.push(...added);
        }
        for (const token of principals) {
          const match = index.match(token);
          assert.equal(match && (match.from ?? 0), naiveDeathBy(live, token));
          const told = live.filter((entry) => entry.seq === match?.seq && entry.kind === match.kind);
          assert.equal(naiveDeathBy(told, token), naiveDeathBy(live, token), 'another entry is to blame');
          const [one, other] = [asAncestor(token), asAncestor(principals[0] ?? token)];
          const child = { ...theToken, issuer: 'https://exchange.example', ancestors: ancestorsOf(one, other) };
          const matchOfChild = index.match(child);
          const deaths = [one, other].flatMap((each) => naiveDeathBy(live, each) ?? []);
          const firstDeath = deaths.length === 0 ? undefined : Math.min(...deaths);
          assert.equal(matchOfChild && (matchOfChild.from ?? 0), firstDeath);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('A token that was exchanged dies by what kills first, be it by its own name or that of an ancestor.', () => {
  const parent = { ...theToken, nestedTokenHash: sha256Hex('within'), subject: 'noor', tokenId: 'jti-0' };
  const nested = writeAncestor({ ...parent, hash: sha256Hex('around'), nestedHash: parent.nestedTokenHash });
  const ancestors = readAncestors({ [ancestorsClaim]: [nested] }) ?? assert.fail();
  const child = { ...theToken, ancestors };
  const later = revocation({ kind: 'jti', value: 'jti-1', from: 9_000, seq: 1 });
  const within = revocation({ kind: 'token', value: parent.nestedTokenHash, from: 5_000, seq: 2 });
  assert.deepEqual(indexOf(later).match(child)?.from, 9_000);
  assert.deepEqual(indexOf(later, within).match(child)?.from, 5_000);
  assert.equal(indexOf(later, within, revocation({ kind: 'subject', value: 'noor', seq: 3 })).match(child)?.seq, 3);
});

test('Entries applied twice, or in another order, come to the same.', () => {
  fc.assert(
    fc.property(fc.array(entries, { maxLength: 12 }), fc.array(tokens, { maxLength: 10 }), (applied, principals) => {
      const once = indexOf(...applied);
      const otherwise = indexOf(...[...applied].reverse(), ...applied);
      for (const token of principals) {
        assert.equal(once.match(token)?.before, otherwise.match(token)?.before);
        assert.equal(once.match(token)?.from, otherwise.match(token)?.from);
        assert.equal(once.match(token) === undefined, otherwise.match(token) === undefined);
      }
    }),
  );
});

test('An entry that begins later is told with its beginning, and the soonest of several counts.', () => {
  const token = { kind: 'token', value: theToken.tokenHash } as const;
  const later = indexOf(revocation({ ...token, seq: 1, from: 9_000 }), revocation({ ...token, seq: 2, from: 5_000 }));
  const match = later.match(theToken);
  assert.deepEqual(match, { kind: 'token', seq: 2, before: undefined, from: 5_000 });
  assert.deepEqual(
    [4_999, 5_000].map((now) => isInForce(match!, now)),
    [false, true],
  );
});

test('An entry that kills now hides one that begins later, whichever came first.', () => {
  const scheduled = revocation({ kind: 'token', value: theToken.tokenHash, seq: 1, from: 5_000 });
  const now = revocation({ kind: 'subject', value: 'mira', seq: 2 });
  for (const entries of [
    [scheduled, now],
    [now, scheduled],
  ]) {
    assert.equal(indexOf(...entries).match(theToken)?.seq, 2);
  }
  const passed = revocation({ kind: 'subject', value: 'mira', seq: 3, before: 50 });
  assert.equal(indexOf(scheduled, passed).match(theToken)?.seq, 1, 'a cut-off that the token outlived hides nothing');
});

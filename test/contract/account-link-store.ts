import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { AccountLinkStore, LinkFacts } from '../../src/provider/index.ts';

/** A store on its real engine, empty when opened. */
export interface AccountLinkStoreUnderTest {
  readonly links: AccountLinkStore;
  /** The same store, as another process would open it. */
  another(): Promise<AccountLinkStore>;
  close(): Promise<void>;
}

const acme = 'https://acme.example';
const at = 1_790_000_000_000;
const claims = { email: 'ada@acme.example', email_verified: true, groups: ['staff'], address: { country: 'GB' } };
const signedIn: LinkFacts = { at, signedIn: true, claims };
const seen: LinkFacts = { at, signedIn: false, claims: undefined };

/** What every AccountLinkStore does, whichever engine it stands on. */
export function accountLinkStoreContract(name: string, open: () => Promise<AccountLinkStoreUnderTest>): void {
  describe(name, () => {
    let subject: AccountLinkStoreUnderTest;
    let links: AccountLinkStore;
    beforeEach(async () => {
      subject = await open();
      links = subject.links;
    });
    afterEach(() => subject.close());

    test('makes an account with a subject of its own, and finds it by that, in whatever process', async () => {
      const made = await links.link(acme, '00u1', signedIn);
      const expected = { subject: made.subject, issuer: acme, issuerSubject: '00u1', linkedAt: at, lastSignIn: at };
      assert.deepEqual({ ...made, claims: plain(made.claims) }, { ...expected, claims });
      assert.match(made.subject, /^[\w-]{22,64}$/);
      assert.deepEqual(await links.find(made.subject), made);
      assert.deepEqual(await (await subject.another()).find(made.subject), made);
    });

    test('finds an account by issuer and subject together, and makes none', async () => {
      const made = await links.link(acme, '00u1', signedIn);
      assert.deepEqual(await (await subject.another()).findByIssuer(acme, '00u1'), made);
      assert.equal(await links.findByIssuer(acme, '00u2'), undefined);
      assert.equal(await links.findByIssuer('https://other.example', '00u1'), undefined);
    });

    test('finds nobody by the subject that the issuer uses', async () => {
      await links.link(acme, '00u1', signedIn);
      assert.equal(await links.find('00u1'), undefined);
    });

    test('keeps the subject and the first time for ever, and refreshes the claims at each sign-in', async () => {
      const made = await links.link(acme, '00u1', signedIn);
      const again = await links.link(acme, '00u1', { at: at + 5, signedIn: true, claims: { email: 'a@new.example' } });
      assert.equal(again.subject, made.subject);
      assert.deepEqual(plain(again.claims), { email: 'a@new.example' });
      assert.deepEqual([again.linkedAt, again.lastSignIn], [at, at + 5]);
      assert.deepEqual(await links.find(made.subject), again);
    });

    test('takes a token that was seen for no sign-in', async () => {
      const made = await links.link(acme, '00u1', seen);
      assert.deepEqual([plain(made.claims), made.lastSignIn], [{}, undefined]);
      await links.link(acme, '00u1', signedIn);
      const later = await links.link(acme, '00u1', { ...seen, at: at + 5 });
      assert.deepEqual([plain(later.claims), later.lastSignIn], [claims, at]);
    });

    test('tells people apart who share a subject at two issuers, or all but the spelling at one', async () => {
      const people = [
        [acme, '00u1'],
        ['https://other.example', '00u1'],
        ['https://acme.example/', '00u1'],
        [acme, '00U1'],
        [acme, '00u1 '],
        [acme, 'Zürich'],
        [acme, 'Zu\u0308rich'],
        ['https://acme.example00', 'u1'],
      ] as const;
      const made = await Promise.all(people.map(([issuer, sub]) => links.link(issuer, sub, signedIn)));
      assert.equal(new Set(made.map((each) => each.subject)).size, people.length);
      assert.deepEqual(
        made.map((each) => [each.issuer, each.issuerSubject]),
        people,
      );
    });

    test('gives all of many at once the same subject, in whatever process', async () => {
      const other = await subject.another();
      const attempts = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? links : other).link(acme, '00u1', signedIn));
      const made = await Promise.all(attempts);
      assert.equal(new Set(made.map((each) => each.subject)).size, 1);
    });
  });
}

/** Stored claims have no prototype, which deepEqual looks at. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

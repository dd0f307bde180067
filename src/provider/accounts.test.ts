import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../base/json.ts';
import { hashPassword } from '../base/password.ts';
import { type AccountOptions, createAccounts as createAllAccounts } from './accounts.ts';
import type { LinkedAccount } from './ports/account-link-store.ts';

const createAccounts = (options: readonly AccountOptions[]) =>
  createAllAccounts(options, { links: { find: async () => undefined }, issuers: new Set() });
const hash = (password: string) => hashPassword(password, { ln: 4, r: 8, p: 1 });

test('who knows the password signs in, nobody else', async () => {
  const accounts = createAccounts([
    { username: 'ada', password: await hash('one'), subject: 'u-1', claims: { email: 'ada@example.com' } },
    { username: 'bob', password: await hash('two') },
  ]);
  assert.equal((await accounts.signIn('ada', 'one'))?.subject, 'u-1');
  assert.equal((await accounts.signIn('bob', 'two'))?.subject, 'bob');
  for (const [username, password] of [
    ['ada', 'two'],
    ['Ada', 'one'],
    ['u-1', 'one'],
    ['', ''],
    ['__proto__', 'one'],
  ] as const) {
    assert.equal(await accounts.signIn(username, password), undefined);
  }
  assert.equal(await accounts.signIn('ada', 'one'.repeat(1000)), undefined);
  assert.equal((await accounts.find('u-1'))?.username, 'ada');
  assert.equal(await accounts.find('ada'), undefined);
});

test('without accounts nobody signs in', async () => {
  assert.equal(await createAccounts([]).signIn('ada', ''), undefined);
});

test('an unknown username takes as long as a wrong password', async () => {
  const accounts = createAccounts([{ username: 'ada', password: await hashPassword('one', { ln: 13, r: 8, p: 1 }) }]);
  const time = async (username: string): Promise<number> => {
    const begin = performance.now();
    await accounts.signIn(username, 'wrong');
    return performance.now() - begin;
  };
  await time('ada');
  const [known, unknown] = [await time('ada'), await time('nobody')];
  assert.ok(unknown > known / 3, `${unknown} ms against ${known} ms`);
});

test('who comes from a federated issuer is known while people can sign in there, and never instead of an account', async () => {
  const person = (subject: string, issuer: string, claims: JsonObject): LinkedAccount => {
    return { subject, issuer, issuerSubject: 'x', claims, linkedAt: 0, lastSignIn: 0 };
  };
  const known = [
    person('u-1', 'https://acme.example', { email: 'mallory@acme.example' }),
    person('u-2', 'https://acme.example', { email: 'bob@acme.example', preferred_username: 'bob' }),
    person('u-3', 'https://acme.example', { preferred_username: 7 }),
    person('u-4', 'https://former.example', {}),
  ];
  const links = { find: async (subject: string) => known.find((each) => each.subject === subject) };
  const local = [{ username: 'ada', password: await hash('one'), subject: 'u-1' }];
  const accounts = createAllAccounts(local, { links, issuers: new Set(['https://acme.example']) });
  const names = await Promise.all(known.map(async ({ subject }) => (await accounts.find(subject))?.username));
  assert.deepEqual(names, ['ada', 'bob', 'u-3', undefined]);
  assert.equal(accounts.byUsername('bob'), undefined);
});

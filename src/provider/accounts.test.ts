import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword } from '../base/password.ts';
import { type AccountOptions, createAccounts as createAllAccounts } from './accounts.ts';

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

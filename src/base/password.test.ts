import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decoyOf, hashPassword, parsePasswordHash, verifyPassword } from './password.ts';

const cheap = { ln: 4, r: 8, p: 1 };

async function fits(password: string, text: string): Promise<boolean> {
  const hash = parsePasswordHash(text);
  assert.ok(hash);
  return verifyPassword(password, hash);
}

test('a password fits its own hash and no other does', async () => {
  const text = await hashPassword('correct horse', cheap);
  assert.match(text, /^\$scrypt\$ln=4,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.equal(await fits('correct horse', text), true);
  for (const wrong of ['', 'correct horse ', 'Correct horse', text]) assert.equal(await fits(wrong, text), false);
});

test('the default costs what OWASP advises', async () => {
  assert.match(await hashPassword('x'), /^\$scrypt\$ln=15,r=8,p=3\$/);
});

test('RFC 7914 section 12: the vector of N=1024, r=8, p=16', async () => {
  const hash = Buffer.from(
    'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    'hex',
  );
  const salt = Buffer.from('NaCl');
  assert.equal(await verifyPassword('password', { ln: 10, r: 8, p: 16, salt, hash }), true);
});

test('accents composed in another way are the same password', async () => {
  const text = await hashPassword('caf\u00e9', cheap);
  assert.equal(await fits('cafe\u0301', text), true);
});

test('what is no hash, or one that would cost too much, is not read', () => {
  const salt = 'c29tZXNhbHQxMjM0NTY3OA';
  for (const text of [
    '',
    'correct horse',
    '$2b$12$abcdefghijklmnopqrstuv',
    `$scrypt$ln=15,r=8,p=1$${salt}$${salt}=`,
    `$scrypt$ln=0,r=8,p=1$${salt}$${salt}`,
    `$scrypt$ln=15,r=8,p=0$${salt}$${salt}`,
    `$scrypt$ln=18,r=8,p=1$${salt}$${salt}`,
    `$scrypt$ln=15,r=99,p=1$${salt}$${salt}`,
    `$scrypt$ln=15,r=8,p=1$${salt}$short`,
  ]) {
    assert.equal(parsePasswordHash(text), undefined, text);
  }
});

test('a decoy costs the same and fits nothing', async () => {
  const real = parsePasswordHash(await hashPassword('x', cheap));
  assert.ok(real);
  const decoy = decoyOf(real);
  assert.deepEqual([decoy.ln, decoy.r, decoy.p, decoy.hash.length], [real.ln, real.r, real.p, real.hash.length]);
  assert.equal(await verifyPassword('x', decoy), false);
});

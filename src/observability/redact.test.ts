import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { generateOpaqueToken, type OpaquePrefix } from '../opaque/index.ts';
import { createLogger } from './logger.ts';
import { maskSecrets } from './mask-secrets.ts';
import { redact } from './redact.ts';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signature = Buffer.alloc(64, 0xa7).toString('base64url');
const jwtOf = (subject: string): string => `${encode({ alg: 'ES256' })}.${encode({ sub: subject })}.${signature}`;
const aJwt = fc.string().map(jwtOf);
const anOpaque = fc.constantFrom<OpaquePrefix>('gho_', 'ghr_', 'ghc_', 'ghs_').map(generateOpaqueToken);
const aToken = fc.oneof(aJwt, anOpaque);

/** No run of 12 characters of the token may be left: neither its signature nor its random part. */
function assertNothingLeft(token: string, text: string): void {
  for (let start = 8; start + 12 <= token.length; start += 4) {
    assert.ok(!text.includes(token.slice(start, start + 12)), `${token.slice(start, start + 12)} is left in ${text}`);
  }
}

/** The line that a logger makes of a value. */
function logged(value: unknown): string {
  let text = '';
  createLogger('info', { write: (line) => (text += line) }).info({ value }, 'told');
  return text;
}

test('no token is left of a string that holds one, whatever stands around it', () => {
  fc.assert(
    fc.property(aToken, fc.string(), fc.string(), (token, before, after) => {
      assertNothingLeft(token, maskSecrets(`${before}${token} ${after}`));
      assertNothingLeft(token, maskSecrets(`${before} ${token}"${after}`));
    }),
  );
});

test('no token is left of any structure that holds one, as a value or as a name', () => {
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constant('TOKEN'),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('facts', 'reason', 'TOKEN', 'x'), tie('node'), { maxKeys: 3 }),
    ),
  })).node;
  fc.assert(
    fc.property(tree, aToken, (structure, token) => {
      const filled = JSON.parse(JSON.stringify(structure).replaceAll('TOKEN', token));
      assertNothingLeft(token, logged(filled));
    }),
  );
});

test('a JWT whose header begins with white space is masked too', () => {
  const header = Buffer.from('{ "alg": "RS256" }').toString('base64url');
  const other = Buffer.from('{\n "alg": "RS256" }').toString('base64url');
  assert.equal(maskSecrets(`got ${header}.e30.${signature}`), 'got [jwt]');
  assert.equal(maskSecrets(`got ${other}.e30.${signature}`), 'got [jwt]');
});

test('credentials, keys and hashes are masked inside a sentence', () => {
  const cases = [
    ['sent Authorization: Bearer abc.def-ghi', 'sent Authorization: Bearer [redacted]'],
    ['sent basic Y2xpZW50OnNlY3JldA==', 'sent basic [redacted]'],
    ['GET https://ada:lovelace@idp.example/jwks failed', 'GET https://[redacted]@idp.example/jwks failed'],
    ['GET /cb?code=4f7&state=1&access_token=xyz', 'GET /cb?code=[redacted]&state=1&access_token=[redacted]'],
    ['-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----', '[private key]'],
    ['password: $scrypt$ln=15,r=8,p=1$c2FsdA$aGFzaA', 'password: [password hash]'],
  ] as const;
  for (const [text, masked] of cases) assert.equal(maskSecrets(text), masked);
});

test('ordinary words, hosts and hashes stay as they are', () => {
  for (const text of [
    'everything-is-fine.internal.example.com',
    'https://idp.example.com/realms/a?kid=k1',
    'connect ECONNREFUSED 127.0.0.1:9000',
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'no Bearer token',
  ]) {
    assert.equal(maskSecrets(text), text);
  }
});

test('members that are secret by their name are hidden, whatever they look like', () => {
  const names = ['authorization', 'Proxy-Authorization', 'cookie', 'Set-Cookie', 'access_token', 'refreshToken'];
  for (const name of [...names, 'password', 'client_secret', 'clientSecret', 'client_assertion', 'DPoP', 'pem']) {
    assert.deepEqual(JSON.parse(JSON.stringify(redact({ [name]: 'plain' }))), { [name]: '[redacted]' });
  }
  const harmless = { tokenHash: 'ab', code: 'token_expired', scope: 'a b', keyId: 'k1', has_secret: true };
  assert.deepEqual(JSON.parse(JSON.stringify(redact(harmless))), harmless);
});

test('the private members of a JWK are hidden and the public ones are not', () => {
  const key = { kty: 'EC', crv: 'P-256', x: 'xx', y: 'yy', d: 'dd', kid: 'k1' };
  assert.deepEqual(JSON.parse(JSON.stringify(redact({ key }))), { key: { ...key, d: '[redacted]' } });
});

test('strings, lists, objects and nesting are bounded', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`);
  const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`m${index}`, index]));
  for (const value of [deep, wide, 'x'.repeat(1e6), Array.from({ length: 1e5 }, () => 'y'), 'z'.repeat(5e6)]) {
    assert.ok((JSON.stringify(redact(value))?.length ?? 0) < 3000);
  }
});

test('a secret does not survive by standing where a long text is cut', () => {
  for (let before = 990; before < 1024; before += 1) {
    const line = logged(`${'x'.repeat(before)} https://ada:lovelace@idp.example/${'y'.repeat(100)}`);
    assert.ok(!line.includes('lovel'), String(before));
  }
});

test('a line stays one JSON object, whatever is masked in it', () => {
  const pieces = ['eyJhbGciOiJub25l', 'gho_0123456789', 'Bearer abcdefgh', '://a@', '?token=x', '$scrypt$x', '.', ' '];
  const piece = fc.oneof(fc.constantFrom(...pieces, '-----BEGIN PRIVATE KEY-----', '"', '\\', '\n', '-'), fc.string());
  fc.assert(
    fc.property(fc.array(piece), fc.array(piece), (names, values) => {
      assert.equal(JSON.parse(logged({ [names.join('')]: values.join(''), last: 1 })).value.last, 1);
    }),
    { numRuns: 500 },
  );
});

test('a credential is known behind escaped white space too', () => {
  assert.ok(!logged('Basic\tY2xpZW50OnNlY3JldA==').includes('Y2xpZW50'));
});

test('a value that refers to itself ends', () => {
  const self: Record<string, unknown> = {};
  self['self'] = self;
  assert.ok(JSON.stringify(redact(self)).includes('[deeper]'));
});

test('an error keeps its name, code, cause and stack, without the tokens in them', () => {
  const token = jwtOf('ada');
  const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const line = logged({ error: new TypeError(`token (${token}) expired`, { cause }) });
  assertNothingLeft(token, line);
  assert.match(line, /TypeError.*token \(\[jwt\]\) expired.*ECONNREFUSED/);
});

test('masking a long hostile text takes a time in proportion to its length', () => {
  const started = performance.now();
  for (const piece of ['eyJ', 'ey.', '://', '-----BEGIN ', 'gho_', '?token=', 'Bearer ', '$scrypt$', 'a.', '=']) {
    maskSecrets(piece.repeat(65_536 / piece.length));
  }
  assert.ok(performance.now() - started < 1000);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { aJwt, aSigningKey, encode } from '../../test/fixtures/a-jwt.ts';
import { decodeJwt } from './decode.ts';
import { recognise } from './recognise.ts';

test('a JWT is recognised by its header, before and after it was decoded', () => {
  const token = aJwt(aSigningKey('ES256'));
  assert.equal(recognise(token), 'jwt');
  assert.ok(decodeJwt(token, 16_384).ok);
  assert.equal(recognise(token), 'jwt');
});

test('a JWE is recognised by `enc` and its five parts', () => {
  const header = encode('{"alg":"dir","enc":"A256GCM"}');
  assert.equal(recognise(`${header}....`), 'jwe');
  assert.equal(recognise(`${header}.a.b.c.d`), 'jwe');
  assert.equal(recognise(`${header}.a.b`), 'jwt');
});

test('dots mean nothing', () => {
  const opaque = [
    ...['ya29.a0AfH6SMBx.y_z', 'a.b.c', 'a.b.c.d.e', '...', '0001kQ2vXn7LrB4tHs0ZpWm5cYd8', '', '.', '.e30.'],
    `${encode('not JSON')}.e30.sig`,
    `${encode('{"typ":"JWT"}')}.e30.sig`,
    `${encode('["alg"]')}.e30.sig`,
    `${encode('"alg"')}.e30.sig`,
    `${encode('null')}.e30.sig`,
    encode('{"alg":"RS256"}'),
  ];
  for (const token of opaque) assert.equal(recognise(token), 'opaque', token);
});

test('what resembles a JWT is one, so that it is refused as one', () => {
  for (const header of ['{"alg":1}', ' {"alg":"none"} ', '{"alg":"RS256","alg":"none"}', '{"alg":null}']) {
    assert.equal(recognise(`${encode(header)}.e30.sig`), 'jwt', header);
    assert.equal(recognise(`${Buffer.from(header).toString('base64')}.e30`), 'jwt', header);
  }
});

test('`alg` must be written in the header, not inherited', () => {
  assert.equal(recognise(`${encode('{"__proto__":{"alg":"RS256"}}')}.e30.sig`), 'opaque');
});

test('an endless first part is not looked at', () => {
  const header = encode(`{"alg":"RS256","kid":"${'x'.repeat(20_000)}"}`);
  assert.equal(recognise(`${header}.e30.sig`), 'opaque');
});

test('no string makes it throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (token) => ['jwt', 'jwe', 'opaque'].includes(recognise(token))));
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt, recognise, tokenHashes, verifyJws } from '../../src/tokens/index.ts';
import { aGateway, anApi, sendRaw } from '../fixtures/a-gateway.ts';
import { aJwt, aSigningKey, keySetOf, verify } from '../fixtures/a-jwt.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../fixtures/a-protected-api.ts';
import { serve } from '../fixtures/a-server.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';

/** One malformed token brought the process down: CVE-2019-12995, CVE-2026-34986. */
const key = aSigningKey('EdDSA');
const token = aJwt(key, { sub: 'm' });

test('no change of a single character is accepted, and none throws', () => {
  const keySet = keySetOf(key);
  const replacements = ['A', 'z', '_', '=', '.', ' ', '\n', '\0', '"', '{', '\u00ff', '\ud800', '\u{1f600}', ''];
  for (let at = 0; at < token.length; at++) {
    for (const character of replacements) {
      if (token[at] === character) continue;
      const changed = token.slice(0, at) + character + token.slice(at + 1);
      recognise(changed);
      assert.ok(!verify(changed, keySet).ok, `${JSON.stringify(character)} at ${at}`);
    }
  }
});

test('nothing that can be made of parts throws', () => {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const parts = ['', header, payload, signature, '.', 'e30', 'bnVsbA', 'W10', 'MQ', '\ud800', 'AA==', 'A'];
  for (const first of parts) {
    for (const second of parts) {
      for (const third of parts) {
        const made = `${first}.${second}.${third}`;
        if (made === token) continue;
        recognise(made);
        tokenHashes(made);
        decodeJwt(made, 10_000);
        assert.ok(!verifyJws(made, key.jwk).ok);
      }
    }
  }
});

test('over HTTP every byte of a good token, changed to some other byte, is answered with 400 or 401', async (t) => {
  const reached: string[] = [];
  const upstream = await serve(t, (incoming, response) => {
    reached.push(incoming.url ?? '');
    response.end();
  });
  const acme = anIssuer('acme');
  const { port } = await aGateway(t, [anApi(upstream, { protected: aProtectedApi([acme]) })], {
    access: aRealAccess(),
  });
  const good = acme.sign(currentClaims());
  const send = (bearer: string): Promise<string> =>
    sendRaw(port, `GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAuthorization: Bearer ${bearer}\r\n\r\n`);
  assert.match(await send(good), /^HTTP\/1\.1 200 /);
  for (let at = 0; at < good.length; at++) {
    const byte = (good.charCodeAt(at) + 1 + ((at * 97) % 255)) % 256;
    const changed = good.slice(0, at) + String.fromCharCode(byte) + good.slice(at + 1);
    assert.match(await send(changed), /^HTTP\/1\.1 40[01] /, `byte ${byte} at ${at}`);
  }
  assert.match(await send(good), /^HTTP\/1\.1 200 /);
  assert.equal(reached.length, 2);
});

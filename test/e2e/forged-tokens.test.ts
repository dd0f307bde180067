import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kindOf, type RejectionCode, rejection } from '../../src/protocol/rejection.ts';
import { sendRaw } from '../fixtures/a-gateway.ts';
import { aJwt, now, ordinaryClaims } from '../fixtures/a-jwt.ts';
import { asBytes, type Reply, readReply } from '../fixtures/a-raw-reply.ts';
import { forgeries } from '../misdeeds/forged-tokens/all.ts';
import { type Forgery, issuerKey, issuerKeys } from '../misdeeds/forged-tokens/forgery.ts';
import { aForeignIssuer, type ForeignIssuer } from './a-foreign-issuer.ts';
import { anUpstream, type Upstream } from './an-upstream.ts';
import { type AssembledGatehouse, assembleGatehouse } from './assembled-gatehouse.ts';

let issuer: ForeignIssuer;
let upstream: Upstream;
let house: AssembledGatehouse;

before(async () => {
  issuer = await aForeignIssuer(ordinaryClaims.iss, issuerKeys);
  upstream = await anUpstream();
  house = await assembleGatehouse(
    (ports) => `
gateway: { listen: 127.0.0.1:${ports.gateway}, limits: { headers: 64KiB }, trustedProxies: [127.0.0.1] }
admin: { listen: 127.0.0.1:${ports.admin} }
issuers:
  forged:
    issuer: ${ordinaryClaims.iss}
    discovery: ${issuer.discovery}
    required: [sub, aud]
    maxLifetime: 1d
apis:
  orders:
    audience: ${ordinaryClaims.aud}
    upstream: ${upstream.url}
    accept: [forged]
    route: { path: / }
    rules: [{ scopes: [${ordinaryClaims.scope}] }]
    forward: { identity: headers }
`,
    () => now,
  );
});

after(async () => {
  await house?.remove();
  await issuer?.close();
  await upstream?.close();
});

/** The ways in which a decision is asked for and spent. */
const faces: Readonly<Record<string, readonly string[]>> = {
  'a request': ['GET /orders HTTP/1.1', 'Connection: close'],
  'a WebSocket': ['GET /orders HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
  'a question of another proxy': [
    'GET /decide HTTP/1.1',
    'Connection: close',
    'X-Original-Method: GET',
    'X-Original-URI: /orders',
  ],
};

async function send(token: string, face: string): Promise<Reply> {
  const [start, ...lines] = faces[face] ?? [];
  const head = [start, 'Host: api.example', `Authorization: Bearer ${token}`, ...lines, 'User-Agent: forger'];
  return readReply(await sendRaw(house.ports.gateway, asBytes(`${head.join('\r\n')}\r\n\r\n`)));
}

/** White space at the end is the header field's, not the token's (RFC 9110 section 5.5): the token that is left is good. */
const isSendable = (token: string): boolean => !/[ \t\r\n]$/.test(token);

/** As the token's verification refuses, or as what comes before it in a request: reading it, and telling whose it is. */
function expectedCodes(forged: RejectionCode, token: string): readonly RejectionCode[] {
  if (/[\0\r\n]/.test(token)) return ['request_malformed'];
  if (token.length > 64 * 1024) return ['headers_too_large'];
  if (!/^[\w.~+/-]+=*$/.test(token)) return ['credential_malformed'];
  const { check } = kindOf(rejection(forged));
  if (check === 'structure' || check === 'decoding') return [forged, 'token_unrecognised'];
  return issOf(token) === ordinaryClaims.iss ? [forged] : ['issuer_not_accepted'];
}

function issOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).iss;
}

test('the tokens that the forged ones are made from are let in', async () => {
  for (const key of issuerKeys) assert.equal((await send(aJwt(key), 'a request')).status, 200);
  assert.equal((await send(aJwt(issuerKey), 'a question of another proxy')).status, 200);
});

for (const face of Object.keys(faces)) {
  for (const [kind, rows] of Object.entries(forgeries)) {
    test(`forged tokens (${kind}) are refused to ${face}, which never reaches the upstream`, async () => {
      const before = upstream.reached();
      for (const row of rows) await assertRefused(row, face);
      assert.equal(upstream.reached(), before);
    });
  }
}

async function assertRefused({ name, token: make, code }: Forgery, face: string): Promise<void> {
  const token = make();
  if (!isSendable(token)) return;
  const reply = await send(token, face);
  const refusal = JSON.parse(reply.body) as { code: RejectionCode };
  assert.ok(expectedCodes(code, token).includes(refusal.code), `${name}: ${refusal.code} instead of ${code}`);
  const isTooLarge = refusal.code === 'headers_too_large';
  assert.ok(isTooLarge || reply.status === 400 || reply.status === 401, `${name}: ${reply.status}`);
  for (const secret of [...Object.values(ordinaryClaims).map(String), ...longParts(token)]) {
    assert.ok(!reply.received.includes(secret), `${name}: the refusal says ${secret}`);
  }
}

/** Whatever of a token could be of use to somebody who reads it. */
function longParts(token: string): readonly string[] {
  return token.slice(0, 64 * 1024).match(/[\w-]{24,}/g) ?? [];
}

test('only white space at the end turns a forged token into a good one, and there are two of that kind', () => {
  const rows = Object.values(forgeries).flat();
  assert.equal(rows.filter(({ token }) => !isSendable(token())).length, 2);
});

test('none of them made the gateway ask anybody but its issuer, or ask that one often', () => {
  assert.ok(issuer.reached() <= 8, `${issuer.reached()} requests`);
});

test('after all of them a good token is still let in, and the log holds no part of any', async () => {
  assert.equal((await send(aJwt(issuerKey), 'a request')).status, 200);
  const log = house.log();
  assert.ok(log.includes('"signature_invalid"'));
  for (const { name, token } of Object.values(forgeries).flat()) {
    const part = longParts(token()).find((text) => log.includes(text));
    assert.equal(part, undefined, `${name} is in the log`);
  }
});

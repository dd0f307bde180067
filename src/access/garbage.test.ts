import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aProtectedApi, currentClaims } from '../../test/fixtures/a-protected-api.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import { anIssuer } from '../../test/fixtures/an-issuer.ts';
import { createStoreVerifier, generateOpaqueToken } from '../opaque/index.ts';
import { RevocationIndex } from '../revocation/index.ts';
import { createAccess } from './create-access.ts';

const claims = currentClaims();
const now = (claims.exp - 600) * 1000;
const bearing = (token: string) => aRequest({ method: 'GET', authorization: [`Bearer ${token}`] });

test('no garbage of any kind is remembered, nor does it push out one good token', async () => {
  const [acme, ours] = [anIssuer('acme'), anIssuer('provider')];
  const store = { find: () => undefined };
  const verifier = createStoreVerifier({ store, issuerName: 'provider', issuer: ours.identifier });
  const api = aProtectedApi([acme], { opaque: [{ verifier, issuer: ours, isOurs: true }] });
  const access = createAccess({ index: new RevocationIndex(), isStale: () => false }, { cacheBytes: 512 * 1024 });
  const good = Array.from({ length: 50 }, (_, n) => acme.sign({ ...claims, jti: `good-${n}` }));
  for (const token of good) assert.ok((await access.decide(api, bearing(token), now)).granted);

  const [header, payload = '', signature = ''] = acme.sign(claims).split('.');
  const bits = (n: number): string => Buffer.alloc(64, String(n)).toString('base64url');
  const garbage: readonly ((n: number) => string)[] = [
    (n) => [header, payload, bits(n)].join('.'),
    (n) => [header, Buffer.from(`{"iss":"https://evil.example/${n}"}`).toString('base64url'), signature].join('.'),
    (n) => acme.sign(claims, { kid: `made-up-${n}` }),
    (n) => acme.sign({ ...claims, exp: now / 1000 - 60, jti: `late-${n}` }),
    (n) => [header, payload.slice(1 + (n % 40)), signature].join('.'),
    () => generateOpaqueToken(),
    (n) => `no-token-of-anybody-${n}`,
  ];
  for (let n = 0; n < 1_000; n += garbage.length) {
    const decisions = garbage.map((make, kind) => access.decide(api, bearing(make(n + kind)), now));
    for (const decision of await Promise.all(decisions)) assert.ok(!decision.granted);
  }

  assert.equal(access.remembered, good.length);
  for (const token of good) {
    const decision = access.decide(api, bearing(token), now);
    assert.ok(!(decision instanceof Promise) && decision.granted);
  }
});

test('what is remembered is bounded in bytes, and what is used is kept', async () => {
  const acme = anIssuer('acme');
  const api = aProtectedApi([acme]);
  const cacheBytes = 256 * 1024;
  const access = createAccess({ index: new RevocationIndex(), isStale: () => false }, { cacheBytes });
  const used = acme.sign(claims);
  for (let n = 0; n < 300; n++) {
    const stranger = acme.sign({ ...claims, jti: `stranger-${n}`, more: 'x'.repeat(1_000) });
    assert.ok((await access.decide(api, bearing(stranger), now)).granted);
    const decision = access.decide(api, bearing(used), now);
    assert.ok(n === 0 || (!(decision instanceof Promise) && decision.granted));
    await decision;
    assert.ok(access.remembered * stranger.length < cacheBytes);
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aProtectedApi, aRealAccess, currentClaims } from '../../test/fixtures/a-protected-api.ts';
import { aRequest } from '../../test/fixtures/a-request.ts';
import { anIssuer, type TestIssuer } from '../../test/fixtures/an-issuer.ts';
import { RevocationIndex } from '../revocation/index.ts';
import type { Decision } from './decision.ts';

/** What is decided of tokens whose signatures have to wait, since others came in the same turn of the event loop. */
const claims = currentClaims();
const now = (claims.exp - 600) * 1000;
const bearing = (token: string) => aRequest({ method: 'GET', authorization: [`Bearer ${token}`] });
const codeOf = (decision: Decision): string => (decision.granted ? 'granted' : decision.rejection.code);

/** A gate at which so many forged tokens wait already that the next signature does, too. */
function aCrowdedGate() {
  const [acme, flooded, elsewhere] = [anIssuer('acme'), anIssuer('flooded'), anIssuer('flooded')];
  const api = aProtectedApi([acme, flooded]);
  const index = new RevocationIndex();
  const access = aRealAccess(index);
  const [header] = flooded.sign(claims).split('.');
  const forged = Array.from({ length: 100 }, (_, n) => {
    const [, payload, signature] = elsewhere.sign({ ...claims, jti: `forged-${n}` }).split('.');
    return [header, payload, signature].join('.');
  });
  return {
    ...{ acme, api, index, access },
    /** In one turn: what is presented after it has to wait. */
    flood(): Promise<readonly Decision[]> {
      return Promise.all(forged.map((token) => access.decide(api, bearing(token), now)));
    },
  };
}

/** Presents a good token in a crowd, and then does that. */
async function decideInCrowd(
  meanwhile: (gate: ReturnType<typeof aCrowdedGate>, token: string) => void,
  tokenOf: (acme: TestIssuer) => string = (acme) => acme.sign(claims),
): Promise<string> {
  const gate = aCrowdedGate();
  const token = tokenOf(gate.acme);
  const flood = gate.flood();
  const decision = gate.access.decide(gate.api, bearing(token), now);
  assert.ok(decision instanceof Promise);
  meanwhile(gate, token);
  assert.deepEqual(new Set((await flood).map(codeOf)), new Set(['signature_invalid']));
  return codeOf(await decision);
}

test('a token that had to wait is let in, and is remembered from then on', async () => {
  const { access, acme, api, flood } = aCrowdedGate();
  const token = acme.sign(claims);
  void flood();
  const first = await access.decide(api, bearing(token), now);
  assert.equal(codeOf(first), 'granted');
  const second = access.decide(api, bearing(token), now + 60_000);
  assert.ok(!(second instanceof Promise) && second === first);
});

test('what changes while it waits counts', async () => {
  const expiring = (acme: TestIssuer): string => acme.sign({ ...claims, exp: now / 1000 - 5 + 0.02 });
  const wait = (): void => {
    const start = performance.now();
    while (performance.now() - start < 25);
  };
  assert.equal(await decideInCrowd(() => undefined), 'granted');
  assert.equal(await decideInCrowd(wait, expiring), 'token_expired', 'its time has run out');
  assert.equal(await decideInCrowd(({ acme }) => acme.rotate()), 'key_unknown', 'its key is gone');
  assert.equal(await decideInCrowd(({ acme }) => acme.loseKeys()), 'keys_unavailable', 'no keys can be had');
  const revoke = ({ index, acme }: ReturnType<typeof aCrowdedGate>): void =>
    index.apply([{ seq: 1, at: now, issuer: acme.identifier, kind: 'jti', value: 'j1', expiresAt: now + 1e9 }]);
  assert.equal(await decideInCrowd(revoke), 'token_revoked', 'it was revoked');
});

test('keys that came while it waited are used, and a key that is in the new set still counts', async () => {
  assert.equal(await decideInCrowd(({ acme }) => acme.addKey()), 'granted');
});

test('a token that was good before does not wait when its issuer has other keys', async () => {
  const { access, acme, api, flood } = aCrowdedGate();
  const token = acme.sign(claims);
  assert.equal(codeOf(await access.decide(api, bearing(token), now)), 'granted');
  acme.addKey();
  void flood();
  const decision = access.decide(api, bearing(token), now);
  assert.ok(!(decision instanceof Promise));
  assert.equal(codeOf(decision), 'granted');
});

test('what fails before its signature does not wait', () => {
  const { access, acme, api, flood } = aCrowdedGate();
  void flood();
  const [header = '', payload = '', signature = ''] = acme.sign(claims).split('.');
  for (const [token, code] of [
    [`${header}.${payload}`, 'token_parts_wrong'],
    [`${header}.${payload}.${signature}=`, 'encoding_invalid'],
    [`${header}.e30.${signature}`, 'issuer_not_accepted'],
    [`${header}.${payload}.${signature.slice(4)}`, 'signature_invalid'],
    [acme.sign(claims, { alg: 'HS256' }), 'algorithm_not_allowed'],
  ] as const) {
    const decision = access.decide(api, bearing(token), now);
    assert.ok(!(decision instanceof Promise), code);
    assert.equal(codeOf(decision), code);
  }
});

test('it is explained without waiting for a turn', async () => {
  const { access, acme, api, flood } = aCrowdedGate();
  const busy = flood();
  const { granted, steps } = await access.explain(api, bearing(acme.sign(claims)), now);
  assert.ok(granted);
  assert.deepEqual(
    steps.map(({ check, outcome }) => `${check} ${outcome}`).filter((step) => /key|signature/.test(step)),
    ['key passed', 'signature passed'],
  );
  await busy;
});

test('where too many wait, new tokens are refused for a while and known ones are let in', async () => {
  const { access, acme, api } = aCrowdedGate();
  const known = acme.sign(claims);
  assert.equal(codeOf(await access.decide(api, bearing(known), now)), 'granted');
  const padding = 'x'.repeat(10_000);
  const strangers = Array.from({ length: 400 }, (_, n) => acme.sign({ ...claims, jti: `new-${n}`, padding }));
  const decisions = strangers.map((token) => access.decide(api, bearing(token), now));
  const codes = (await Promise.all(decisions)).map(codeOf);
  assert.deepEqual(new Set(codes), new Set(['granted', 'verification_saturated']));
  const refused = strangers[codes.lastIndexOf('verification_saturated')] ?? '';
  assert.equal(codeOf(await access.decide(api, bearing(refused), now)), 'granted');
});

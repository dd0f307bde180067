/**
 * CVE-2021-21378 (Envoy): where a token was optional, one of an unknown issuer passed as none, and none passed. Here no
 * route is open, not even one that asks for nothing; and a bad token is never no token.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compilePolicy } from '../../src/policy/index.ts';
import { aGateway, anApi } from '../fixtures/a-gateway.ts';
import { aProtectedApi, aRealAccess, currentClaims } from '../fixtures/a-protected-api.ts';
import { serve } from '../fixtures/a-server.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';

const acme = anIssuer('acme');
const stranger = anIssuer('stranger');
const lax = {
  'a rule without demands': compilePolicy([{}]),
  'a condition that is always true': compilePolicy([{ when: 'true' }]),
};
const bad: Readonly<Record<string, readonly [string | undefined, string]>> = {
  'no token': [undefined, 'credential_missing'],
  'another scheme': ['Basic cm9vdDpyb290', 'credential_missing'],
  'an empty token': ['Bearer', 'credential_malformed'],
  'a token of an unknown issuer': [`Bearer ${stranger.sign(currentClaims())}`, 'issuer_not_accepted'],
  'an expired one': [`Bearer ${acme.sign({ ...currentClaims(), exp: 1 })}`, 'token_expired'],
  garbage: ['Bearer garbage', 'token_unrecognised'],
};

for (const [rule, policy] of Object.entries(lax)) {
  for (const [what, [authorization, code]] of Object.entries(bad)) {
    test(`${what} does not get by ${rule}`, async (t) => {
      const reached: string[] = [];
      const upstream = await serve(t, (incoming, response) => {
        reached.push(incoming.url ?? '');
        response.end();
      });
      const api = anApi(upstream, { protected: aProtectedApi([acme], { policy }) });
      const { origin } = await aGateway(t, [api], { access: aRealAccess() });
      const response = await fetch(origin, authorization === undefined ? {} : { headers: { authorization } });
      assert.equal(((await response.json()) as { code: string }).code, code);
      assert.deepEqual(reached, []);
    });
  }
}

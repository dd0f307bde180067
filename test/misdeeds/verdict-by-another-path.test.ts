/**
 * Two decoders in one program have two opinions, and the attacker chooses. However a forged token comes in, cold or
 * for the second time, or is asked about by an operator, it is refused for the same reason.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RejectionCode } from '../../src/protocol/rejection.ts';
import { expectation, now, ordinaryClaims } from '../fixtures/a-jwt.ts';
import { aProtectedApi, aRealAccess } from '../fixtures/a-protected-api.ts';
import { aRequest } from '../fixtures/a-request.ts';
import { anIssuer } from '../fixtures/an-issuer.ts';
import { forgeries } from './forged-tokens/all.ts';
import { issuerKeySet } from './forged-tokens/forgery.ts';

const issuer = anIssuer('issuer', ordinaryClaims.iss);
const keys = { ...issuer.keys, current: () => issuerKeySet, refresh: () => Promise.resolve(issuerKeySet) };
const api = aProtectedApi([{ ...issuer, expectation, keys }]);

for (const [kind, rows] of Object.entries(forgeries)) {
  test(`forged tokens (${kind}) are refused for one reason, by whatever path`, async () => {
    const access = aRealAccess();
    for (const { name, token } of rows) {
      const request = aRequest({ authorization: [`Bearer ${token()}`] });
      const codes = new Set<RejectionCode | undefined>();
      for (let times = 0; times < 2; times++) {
        const decision = await access.decide(api, request, now);
        codes.add(decision.granted ? undefined : decision.rejection.code);
      }
      codes.add((await access.explain(api, request, now)).rejection?.code);
      assert.equal(codes.size, 1, `${name}: ${[...codes]}`);
      assert.ok(!codes.has(undefined), name);
    }
    assert.equal(access.remembered, 0);
  });
}

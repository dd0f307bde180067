import assert from 'node:assert/strict';
import { type Channel, channel } from 'node:diagnostics_channel';
import { afterEach, beforeEach, test } from 'node:test';
import { verifyJws } from '../../src/tokens/index.ts';
import { aJwt, aSigningKey, keySetOf, outcome, verify } from '../fixtures/a-jwt.ts';

/** The token brought its own key, and was believed: CVE-2018-0114, CVE-2026-27962; `jku` also reached out (nodedb#61). */
const mine = aSigningKey('ES256');
const attackers = aSigningKey('ES256', 'attacker');

const outbound: readonly Channel[] = ['net.client.socket', 'http.client.request.start', 'undici:request:create'].map(
  channel,
);
let connections = 0;
const count = (): void => {
  connections += 1;
};

beforeEach(() => {
  connections = 0;
  for (const each of outbound) each.subscribe(count);
});
afterEach(() => {
  for (const each of outbound) each.unsubscribe(count);
});

const keys: Record<string, unknown> = {
  jwk: attackers.jwk,
  jku: 'http://169.254.169.254/latest/meta-data/',
  x5u: 'https://evil.example/chain.pem',
  x5c: [attackers.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
};

for (const [parameter, value] of Object.entries(keys)) {
  test(`the key in \`${parameter}\` is not used, and nothing is fetched`, () => {
    for (const kid of [mine.kid, attackers.kid, undefined]) {
      const token = aJwt(attackers, {}, { [parameter]: value, kid });
      const expected = kid === attackers.kid ? 'key_unknown' : 'signature_invalid';
      assert.equal(outcome(verify(token, keySetOf(mine))), expected);
      assert.equal(outcome(verifyJws(token, { keys: [mine.jwk] })), expected);
    }
    assert.equal(connections, 0);
  });

  test(`a good token may carry \`${parameter}\`, of whatever type`, () => {
    for (const other of [value, null, 1, {}, []]) {
      assert.equal(outcome(verify(aJwt(mine, {}, { [parameter]: other }), keySetOf(mine))), 'accepted');
    }
    assert.equal(connections, 0);
  });
}

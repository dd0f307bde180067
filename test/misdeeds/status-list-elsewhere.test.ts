import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aNeighbour } from '../e2e/a-neighbour.ts';
import { aListedIssuer } from '../fixtures/a-listed-issuer.ts';

/** A token names the address from which the gateway fetches: it must not lead where its bearer, or its issuer, likes. */

const elsewhere = [
  'http://169.254.169.254/latest/meta-data/',
  'http://[fe80::1]/lists/1',
  'http://metadata.google.internal/lists/1',
  'https://evil.example/lists/1',
  'http://127.0.0.1:1/lists/1',
  'http://localhost/lists/1',
  'file:///etc/passwd',
  'data:application/statuslist+jwt,eyJ',
  'javascript:alert(1)',
  '//evil.example/lists/1',
  '/lists/1',
  'lists/1',
  '',
];

for (const uri of elsewhere) {
  test(`a list at ${JSON.stringify(uri)} is asked of nobody`, async (t) => {
    const issuer = await aListedIssuer(t, (own) => (_, response) => response.end(own.list()));
    const refusal = await issuer.judge(uri);
    assert.equal(refusal?.code, 'status_list_not_allowed');
    assert.equal(issuer.reached(), 0);
  });
}

test('neither is a list whose address only resembles the right one', async (t) => {
  const issuer = await aListedIssuer(t, (own) => (_, response) => response.end(own.list()));
  const { host } = new URL(issuer.origin);
  for (const uri of [
    `http://user@${host}/lists/1`,
    `http://${host}@evil.example/lists/1`,
    `http://${host}.evil.example/lists/1`,
    `http://evil.example#${host}/lists/1`,
    `https://${host}/lists/1`,
    `http://evil.example/?u=${issuer.uri}`,
  ]) {
    assert.equal((await issuer.judge(uri))?.code, 'status_list_not_allowed', uri);
  }
  assert.equal(issuer.reached(), 0);
});

test('a redirect is not followed', async (t) => {
  const other = await aNeighbour((_, response) => {
    reachedOther++;
    response.end();
  });
  let reachedOther = 0;
  t.after(() => other.close());
  for (const status of [301, 302, 303, 307, 308]) {
    const issuer = await aListedIssuer(
      t,
      () => (_, response) => response.writeHead(status, { location: `${other.url}/lists/1` }).end(),
    );
    const refusal = await issuer.judge();
    assert.equal(refusal?.code, 'status_unavailable');
    assert.equal(refusal.facts['failure'], 'redirect');
  }
  assert.equal(reachedOther, 0);
});

const addresses = {
  '169.254.169.254': 'cloud_metadata',
  '169.254.7.7': 'link_local',
  'fe80::1': 'link_local',
  '127.0.0.1': 'loopback',
  '::1': 'loopback',
  '::ffff:169.254.169.254': 'cloud_metadata',
};

for (const [address, kind] of Object.entries(addresses)) {
  test(`an allowed host whose name leads to ${address} is not connected to`, async (t) => {
    const issuer = await aListedIssuer(t, (own) => (_, response) => response.end(own.list()), {
      origins: ['https://status.example'],
      resolve: (_name, _options, answer) => answer(null, [{ address, family: address.includes(':') ? 6 : 4 }]),
    });
    const refusal = await issuer.judge('https://status.example/lists/1');
    assert.equal(refusal?.code, 'status_unavailable');
    assert.equal(refusal.facts['failure'], 'forbidden_address');
    assert.equal(refusal.facts['kind'], kind);
  });
}

test('an origin that is itself a link-local address is never fetched from', async (t) => {
  const origins = ['http://169.254.169.254', 'https://[fe80::1]'];
  const issuer = await aListedIssuer(t, (own) => (_, response) => response.end(own.list()), { origins });
  for (const origin of origins) {
    const refusal = await issuer.judge(`${origin}/lists/1`);
    assert.equal(refusal?.code, 'status_unavailable');
    assert.equal(refusal.facts['failure'], 'forbidden_address');
  }
});

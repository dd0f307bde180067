import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOn } from '../../../test/fixtures/a-config.ts';

const env = { EDGE_SECRET: 'hunter2' };

const edge = `store: none
revocation:
  follow:
    url: https://hub.example.com
    tokenEndpoint: https://id.example.com/token
    client: { id: edge-1, secret: "\${EDGE_SECRET}" }
`;

const hub = `issuers:
  hub:
    preset: oauth
    issuer: https://id.example.com
    opaque: { gatehouse: true }
    introspection: { endpoint: https://id.example.com/token/introspection, client: { id: edge-1, secret: "\${EDGE_SECRET}" } }
`;

const orders = (accept = 'hub', identity = 'headers'): string => `apis:
  orders:
    audience: https://orders.example
    route: { path: /orders }
    upstream: http://127.0.0.1:9000
    accept: [${accept}]
    rules: [{ scopes: [orders:read] }]
    forward: { identity: ${identity} }
`;

function findings(text: string): string[] {
  return reportOn(text, { env })
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^gatehouse.yaml:\d+:\d+ +/, ''));
}

test('A gateway without a store follows a hub and takes the tokens of its provider.', () => {
  assert.deepEqual(findings(edge + hub + orders()), []);
});

test('Without a store there must be a hub, and without a hub there must be a store.', () => {
  const [missing] = findings(`store: none\n${hub}${orders()}`);
  assert.match(
    missing ?? '',
    /^revocation: does not say where a gateway without a store hears of revocations\. Remedy: Add `follow/,
  );
  const [needless] = findings(edge.replace('store: none', 'store: sqlite:./x.db') + hub + orders());
  assert.match(needless ?? '', /^revocation\.follow: is for a gateway without a store\. Remedy: Write `store: none`/);
});

test('What needs a store is refused, each with what to do instead.', () => {
  const refused = (text: string): string => findings(text).join('\n');
  assert.match(
    refused(`${edge}${hub}${orders()}provider: { issuer: https://here.example.com }\n`),
    /^provider: keeps its keys/m,
  );
  assert.match(
    refused(`${edge}${hub}${orders()}signals: {}\n`),
    /^signals: .* Remedy: Receive and send them at the hub/m,
  );
  assert.match(refused(edge + hub + orders('provider')), /"provider"\. Remedy: Add the hub's provider to `issuers`/);
  assert.match(
    refused(edge + hub + orders('hub', 'jwt')),
    /there is no provider\. Remedy: Write identity: headers\.$/m,
  );
  assert.match(
    refused(`${edge}${hub}${orders()}accounts: [{ username: ada, password: x }]\n`),
    /Remedy: Configure them at the hub/,
  );
  const short = edge.replace('revocation:', 'revocation:\n  maxStaleness: 1s');
  assert.match(refused(short + hub + orders()), /^revocation\.maxStaleness: is too short/m);
});

test('The hub is called by https, and its secret stands elsewhere.', () => {
  const [plain] = findings(edge.replace('url: https', 'url: http') + hub + orders());
  assert.match(plain ?? '', /^revocation\.follow\.url: is not https/);
  const [written] = findings(edge.replace(`"\${EDGE_SECRET}"`, 'hunter2') + hub + orders());
  assert.match(
    written ?? '',
    /^warning: revocation\.follow\.client\.secret: is written in the file|revocation\.follow\.client\.secret: is written/,
  );
});

test('Tokens of our form are shown to one issuer alone, and to none beside a provider of our own.', () => {
  const second = hub
    .replace('issuers:\n', '')
    .replace('hub:', 'other:')
    .replace('issuer: https://id.', 'issuer: https://id2.');
  assert.match(
    findings(edge + hub + second + orders('hub, other')).join('\n'),
    /^issuers\.other\.opaque\.gatehouse: is said of hub too/m,
  );
  const central = `${hub}${orders()}provider: { issuer: https://here.example.com }\n`;
  assert.match(
    findings(central).join('\n'),
    /^issuers\.hub\.opaque\.gatehouse: would show it the tokens of our own provider/m,
  );
  const two = hub.replace('gatehouse: true', 'gatehouse: true, prefixes: [x]');
  assert.match(findings(edge + two + orders()).join('\n'), /stands beside another form/);
});

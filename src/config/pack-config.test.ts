import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deserialize, serialize } from 'node:v8';
import { packConfig, unpackConfig } from './pack-config.ts';
import { parseConfig } from './parse-config.ts';

const text = `
gateway: { listen: 127.0.0.1:0 }
provider: { issuer: http://127.0.0.1:8081, listen: 127.0.0.1:8081 }
store: postgres://gatehouse:a-password@db.example.com/gatehouse?sslmode=verify-full
apis:
  orders:
    audience: https://orders.example
    route: { path: /orders }
    upstream: http://127.0.0.1:9000
    accept: [provider]
    rules: [{ scopes: [orders:read] }]
clients:
  - { id: reporting, secret: 'the-secret-of-the-job', grants: [client_credentials], scopes: [orders:read] }
`;

function read() {
  const outcome = parseConfig(text, { path: 'gatehouse.yaml', env: {} });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  return outcome.config;
}

test('a configuration arrives in another process as it was, frozen, with its secrets as secrets', () => {
  const config = read();
  const arrived = unpackConfig(deserialize(serialize(packConfig(config))));
  assert.deepEqual(JSON.parse(JSON.stringify(arrived)), JSON.parse(JSON.stringify(config)));
  assert.equal(arrived.clients[0]?.secret?.reveal(), 'the-secret-of-the-job');
  assert.ok(arrived.store.kind === 'postgres');
  assert.match(arrived.store.url.reveal(), /a-password/);
  assert.ok(Object.isFrozen(arrived.clients[0]));
});

test('what it is sent as shows a secret to nobody who prints it', () => {
  assert.doesNotMatch(JSON.stringify(packConfig(read())), /a-password|the-secret-of-the-job/);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOn, soundConfig } from '../../../test/fixtures/a-config.ts';

const env = { SECRET: 'hunter2' };
const hash = `"$scrypt$ln=15,r=8,p=3$${'s'.repeat(22)}$${'h'.repeat(43)}"`;
const job = `{ id: job, secret: "\${SECRET}", grants: [client_credentials], scopes: [orders:read] }`;

function judged(title: string, section: string, report: string, base = soundConfig): void {
  test(title, () => {
    assert.equal(reportOn(`${base}${section}\n`, { env }), report.replaceAll(/^(?=\d)/gm, 'gatehouse.yaml:'));
  });
}

judged('a sound client and account', `clients: [${job}]\naccounts: [{ username: ada, password: ${hash} }]`, '');
judged(
  'clients and accounts need a provider',
  `clients: [${job.replace(', scopes: [orders:read]', '')}]\naccounts: [{ username: ada, password: ${hash} }]`,
  `2:1  clients: need a provider, and there is none. Remedy: Add a \`provider\` section.
3:1  accounts: need a provider, and there is none. Remedy: Add a \`provider\` section.`,
  'apis: {}\n',
);
judged(
  'the scopes of a client are those of APIs that accept the provider',
  `clients: [${job.replace('orders:read', 'order:read, openid, gatehouse:admin, offline_access')}]`,
  '12:82  clients[0].scopes[0]: "order:read" is no scope of an API that accepts provider. Remedy: Did you mean orders:read?',
);
judged(
  'the APIs of a client exist and accept the provider',
  `clients: [${job.replace('scopes', 'introspects: ["*", reports], apis: [order], scopes')}]`,
  `12:92  clients[0].introspects[1]: "reports" is no API that accepts provider. Remedy: Known: orders, *.
12:109  clients[0].apis[0]: "order" is no API that accepts provider. Remedy: Did you mean orders?`,
);
judged(
  'a client authenticates in one way',
  `clients: [${job.replace('grants', 'jwks: { keys: [{ kty: EC, crv: P-256, x: a, y: b }] }, grants')}]`,
  '12:43  clients[0].jwks: stands beside a secret. Remedy: Keep one of the two: a client authenticates in one way.',
);
judged(
  'a public client has no client_credentials',
  'clients: [{ id: job, grants: [client_credentials] }]',
  '12:11  clients[0].secret: is missing for client_credentials. Remedy: Give the client a secret, or `jwks`.',
);
judged(
  'people must come back somewhere',
  'clients: [{ id: web, grants: [authorization_code] }]',
  '12:11  clients[0].redirectUris: is empty. Remedy: authorization_code needs to know where to send people back.',
);
judged(
  'refresh tokens come from something',
  `clients: [${job.replace('client_credentials', 'client_credentials, refresh_token')}]`,
  '12:43  clients[0].grants: has refresh_token alone. Remedy: Add authorization_code: refresh tokens come from it.',
);
judged(
  'a place to be sent back to is safe from others',
  `clients:
  - id: web
    grants: [authorization_code]
    redirectUris: [https://app.example.com/cb, http://127.0.0.1/cb, http://app.example.com/cb, com.example.app:/cb]
    postLogoutRedirectUris: [javascript:alert(1)]`,
  `15:69  clients[0].redirectUris[2]: could be read on the way. Remedy: Use https, http on loopback, or with \`native\` a scheme like com.example:
15:96  clients[0].redirectUris[3]: has a scheme that is not for this client. Remedy: Use https, http on loopback, or with \`native\` a scheme like com.example:
16:30  clients[0].postLogoutRedirectUris[0]: has a scheme that is not for this client. Remedy: Use https, http on loopback, or with \`native\` a scheme like com.example:`,
);
judged(
  'an app on a device has a scheme of its own',
  'clients: [{ id: app, native: true, grants: [authorization_code], redirectUris: [com.example.app:/cb] }]',
  '',
);
judged(
  'two clients cannot have one id, nor two people one name',
  `clients: [${job}, ${job}]\naccounts: [{ username: ada, password: ${hash} }, { username: ada, password: ${hash}, subject: x }]`,
  `12:${15 + job.length}  clients[1].id: "job" is that of clients[0] too. Remedy: Change one.
13:135  accounts[1].username: "ada" is that of accounts[0] too. Remedy: Change one.`,
);
judged(
  'two people cannot be one subject',
  `accounts: [{ username: ada, password: ${hash} }, { username: eve, password: ${hash}, subject: ada }]`,
  '12:252  accounts[1].subject: "ada" is that of accounts[0] too. Remedy: Change one.',
);
judged(
  'a password is hashed',
  `accounts: [{ username: ada, password: "\${SECRET}" }]`,
  '12:29  accounts[0].password: is no password hash. Remedy: Make one with `gatehouse hash-password`, and put it in quotes.',
);

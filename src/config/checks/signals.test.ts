import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOn } from '../../../test/fixtures/a-config.ts';

const keycloak = '{ preset: keycloak, issuer: https://id.example/realms/r }';
const okta = '{ preset: okta, issuer: https://acme.okta.com/oauth2/default }';
const org = `{ preset: okta, issuer: https://acme.okta.com, introspection: { client: { id: x, secret: "\${SECRET}" } } }`;
const google = '{ preset: google, issuer: https://accounts.google.com, clients: [web], introspection: {} }';
const tenants =
  '{ preset: entra-v2, issuer: "https://login.microsoftonline.com/{tenantid}/v2.0", tenants: [7a1c2f0e-4f0a-4c8e-9d3b-0a1b2c3d4e5f, 8a1c2f0e-4f0a-4c8e-9d3b-0a1b2c3d4e5f] }';

/** Findings below `signals`, without their places in the file. */
function findings(
  issuer: string,
  receiver: string,
  more = '',
  provider = 'provider: { issuer: http://127.0.0.1:8081 }',
) {
  const text = `${provider}
issuers: { acme: ${issuer} }
apis:
  orders:
    audience: https://api.example.com/orders
    route: { path: /orders }
    upstream: http://127.0.0.1:9000
    accept: [acme]
    rules: [{ scopes: [orders:read] }]
signals:
  receivers: { r: ${receiver} }
  ${more}`;
  const report = reportOn(text, { env: { SECRET: 'hunter2' } });
  return report
    .split('\n')
    .map((line) => line.replace(/^gatehouse\.yaml:\d+:\d+ {2}/, ''))
    .filter((line) => line.includes('signals'));
}

function judged(title: string, given: Parameters<typeof findings>, ...expected: readonly RegExp[]): void {
  test(title, () => {
    const found = findings(...given);
    assert.equal(found.length, expected.length, found.join('\n'));
    for (const [index, pattern] of expected.entries()) assert.match(found[index] ?? '', pattern);
  });
}

judged('a receiver of an issuer whose tokens name people as its events do is sound', [
  keycloak,
  '{ issuer: acme, audience: https://me.example, push: true, logout: { clients: [web] } }',
]);

judged(
  'an issuer that is not there is named, with what was probably meant',
  [keycloak, '{ issuer: acne, audience: a, push: true }'],
  /signals\.receivers\.r\.issuer.*"acne" is no federated issuer.*Did you mean acme\?/,
);

judged(
  'our own provider sends no signals to itself',
  [keycloak, '{ issuer: provider, audience: a, push: true }'],
  /"provider" is no federated issuer/,
);

judged(
  'a receiver by which nothing can arrive is of no use',
  [keycloak, '{ issuer: acme, push: false }'],
  /says of no way in which signals arrive/,
);

judged(
  'a receiver that takes SETs for anybody is refused',
  [keycloak, '{ issuer: acme, push: true }'],
  /signals\.receivers\.r\.audience.*is missing/,
);

judged(
  'Okta names people by what is not the subject of its tokens',
  [okta, '{ issuer: acme, audience: a, push: true }'],
  /signals\.receivers\.r\.subjects.*`uid`.*known by `sub`.*claims: \{ subject: \[uid, sub\] \}.*issuers\.acme/,
);

judged('so they become the subject', [
  okta.replace(' }', ', claims: { subject: [uid, sub] } }'),
  '{ issuer: acme, audience: a, push: true }',
]);

judged('or it names them by their login', [
  okta,
  '{ issuer: acme, audience: a, push: true, subjects: { email: sub } }',
]);

judged(
  'an issuer without keys of its own needs those of its transmitter',
  [org, '{ issuer: acme, audience: a, push: true, subjects: { iss_sub: sub } }'],
  /transmitter\.jwksUri.*is needed: acme has no keys of its own/,
);

judged('Google’s are known', [google, '{ issuer: acme, audience: web, push: true }']);

judged(
  'of several tenants it would not be clear whose tokens die',
  [tenants, '{ issuer: acme, audience: a, push: true }'],
  /issuer.*has several tenants/,
);

judged(
  'without a provider there is nothing to tell others',
  [
    keycloak,
    '{ issuer: acme, audience: a, push: true }',
    'transmit: { t: { endpoint: https://b.example, audience: b } }',
    '',
  ],
  /signals\.transmit.*there is none/,
);

judged(
  'secrets in the file are warned of',
  [
    keycloak,
    '{ issuer: acme, audience: a, push: { authorization: Bearer x }, poll: { endpoint: https://id.example/poll, token: y } }',
    'transmit: { t: { endpoint: https://b.example, audience: b, token: z } }',
  ],
  /push\.authorization.*is written in the file/,
  /poll\.token.*is written in the file/,
  /transmit\.t\.token.*is written in the file/,
);

judged(
  'signals arrive at a place of their own',
  [keycloak, '{ issuer: acme, audience: a, push: true }', 'listen: 127.0.0.1:8080'],
  /signals\.listen.*gateway listens on 127\.0\.0\.1:8080 too/,
);

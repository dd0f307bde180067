import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { readConfig, reportOn, soundConfig } from '../../../test/fixtures/a-config.ts';

test('a sound configuration has neither faults nor warnings', () => {
  assert.equal(reportOn(soundConfig), '');
});

/** What is changed in the sound configuration, and the line that it gets. */
function judged(title: string, change: (text: string) => string, report: string): void {
  test(title, () => {
    const text = change(soundConfig);
    assert.notEqual(text, soundConfig);
    assert.equal(reportOn(text), report.replaceAll(/^(?=\d)/gm, 'gatehouse.yaml:'));
  });
}

const put = (from: string, to: string) => (text: string) => text.replace(from, to);
const add = (lines: string) => (text: string) => `${text}${lines}\n`;
const addToApi = (line: string) => add(`    ${line}`);
const secondApi = (lines: string) => add(`  reports:\n${lines.replace(/^/gm, '    ')}`);
const sound = 'upstream: http://127.0.0.1:9000\naccept: [provider]\nrules: [{ scopes: [reports:read] }]';

judged(
  'two roles cannot listen on one port',
  add('admin: { listen: 127.0.0.1:8080 }'),
  '12:10  admin.listen: gateway listens on 127.0.0.1:8080 too. Remedy: Give each its own port.',
);
judged(
  'port 0 is a port of its own each time',
  (text) => `${text}admin: { listen: 127.0.0.1:0 }\ngateway: { listen: 127.0.0.1:0 }\n`,
  '',
);
judged(
  'an admin API for other machines is warned about',
  add('admin: { listen: 0.0.0.0:8082 }'),
  '12:10  warning: admin.listen: the admin API is open to other machines. Remedy: Listen on 127.0.0.1, or see that only operators reach it.',
);
judged('an admin API on IPv6 loopback is not', add('admin: { listen: "[::1]:8082" }'), '');
judged(
  'trust in everyone is warned about',
  add('gateway: { trustedProxies: [0.0.0.0/0] }'),
  '12:29  warning: gateway.trustedProxies[0]: trusts everyone to say whom they speak for. Remedy: Name the addresses of your proxies.',
);

judged(
  'an issuer that is accepted must exist',
  put('[acme, provider]', '[acne, provider]'),
  `9:14  apis.orders.accept[0]: there is no issuer "acne". Remedy: Did you mean acme?
3:3  warning: issuers.acme: is accepted by no API. Remedy: Add acme to the \`accept\` of an API.`,
);
judged(
  'the provider that is accepted must exist, and with it what else needs it',
  put('provider: { issuer: http://127.0.0.1:8081 }\n', ''),
  `4:3  apis.orders.forward.identity: needs the provider's keys, and there is no provider. Remedy: Add a \`provider\` section, or write identity: headers.
8:20  apis.orders.accept[1]: there is no issuer "provider". Remedy: Add a \`provider\` section.`,
);
judged(
  'without a provider nobody can revoke a token, which is said in time',
  (text) =>
    put(
      'provider: { issuer: http://127.0.0.1:8081 }\n',
      '',
    )(text)
      .replace(', provider]', ']')
      .replace('accept:', 'forward: { identity: headers }\n    accept:'),
  '1:1  warning: provider: is missing: `gatehouse revoke`, `explain` and `issuers` need its tokens. Remedy: Add `provider: { issuer: http://127.0.0.1:8081 }`; it may serve operators alone.',
);
judged(
  'our provider has its name to itself',
  put('  acme:', '  provider:'),
  `3:3  issuers.provider: is the name of our own provider. Remedy: Choose another name.
9:14  apis.orders.accept[0]: there is no issuer "acme". Remedy: Add it to \`issuers\`.`,
);
judged(
  'two issuers of one API cannot issue under one name',
  (text) =>
    put(
      '[acme, provider]',
      '[acme, twin]',
    )(text).replace(
      'apis:',
      '  twin: { preset: oidc, issuer: https://other.example, acceptedIssuers: [https://acme.okta.com/oauth2/default] }\napis:',
    ),
  '10:20  apis.orders.accept[1]: "twin" and "acme" both issue as https://acme.okta.com/oauth2/default. Remedy: Accept one of the two.',
);
judged(
  'the provider issues for URIs',
  put('https://api.example.com/orders', 'orders'),
  '6:5  apis.orders.audience: is no resource that the provider could issue for (RFC 8707). Remedy: Write an absolute URI, such as https://api.example.com/orders; the first one counts.',
);
judged(
  'two APIs of the provider cannot share an audience',
  secondApi(`audience: [urn:reports, https://api.example.com/orders]\nroute: { path: /reports }\n${sound}`),
  '13:5  apis.reports.audience: is the audience of orders too: https://api.example.com/orders. Remedy: Give each API its own.',
);
judged(
  'two APIs cannot claim one path on one host',
  secondApi(`audience: urn:reports\nroute: { hosts: [x.example.com, api.example.com], path: /orders/ }\n${sound}`),
  '14:5  apis.reports.route: /orders on api.example.com is claimed by orders too. Remedy: Give one of them another path or host.',
);
judged(
  'a longer path, or another host, is no conflict',
  secondApi(`audience: urn:reports\nroute: { hosts: [api.example.com], path: /orders/reports }\n${sound}`),
  '',
);

judged(
  'without rules nobody may call',
  put('rules:\n      - { methods: [GET], scopes: [orders:read] }', 'rules: []'),
  '10:5  apis.orders.rules: is empty, so that nobody may call. Remedy: Add rules; [{}] lets everyone call who has a good token.',
);
judged(
  'a rule without demands is warned about',
  put('{ methods: [GET], scopes: [orders:read] }', '{}'),
  '11:9  warning: apis.orders.rules[0]: everyone who has a good token may do anything. Remedy: Demand a scope, unless that is meant.',
);
judged(
  'a rule that makes a stricter one useless is warned about',
  put('orders:read] }', 'orders:read] }\n      - { scopes: [orders:admin] }'),
  '12:9  warning: apis.orders.rules[1]: covers GET as well: this rule alone is enough for it. Remedy: Name its `methods`: rules add up, none takes away.',
);
judged(
  'an expression is compiled, and its fault found in the file',
  put('orders:read] }', 'orders:read], when: principal.subjekt == "a" }'),
  '11:50  apis.orders.rules[0].when: unknown field: principal.subjekt (at character 1). Remedy: Fields: issuer, subject, client, consumer, scopes, roles, groups, audiences, claims, kind, issuedAt, expires.',
);
judged(
  'a method that never matches is found',
  put('[GET]', '[get]'),
  '11:21  apis.orders.rules[0].methods[0]: "get" never matches: methods are case-sensitive (RFC 9110 section 9.1). Remedy: Write GET.',
);
judged(
  'a rule names issuers that the API accepts',
  put('[GET]', '[GET], issuers: [other]'),
  '11:37  apis.orders.rules[0].issuers[0]: orders does not accept "other". Remedy: It accepts acme, provider.',
);
judged(
  'a client or subject means nothing without its issuer',
  put('[GET]', '[GET], clients: [job], subjects: [ada]'),
  `11:27  apis.orders.rules[0].clients: could be of several issuers. Remedy: Name one in \`issuers\`, and write a rule for each.
11:43  apis.orders.rules[0].subjects: could be of several issuers. Remedy: Name one in \`issuers\`, and write a rule for each.`,
);
judged('with its issuer it does', put('[GET]', '[GET], clients: [job], issuers: [acme]'), '');

judged(
  'what the provider issues is of no use to an API that does not accept it',
  (text) => addToApi('tokens: { ttl: 5m }')(put('[acme, provider]', '[acme]')(text)),
  '12:5  apis.orders.tokens: says what the provider issues, but this API does not accept it. Remedy: Add provider to `accept`.',
);
judged(
  'an opaque token cannot be read or validated by others',
  addToApi('tokens: { format: opaque, needs: [readable-by-bearer, early-revocation] }'),
  '12:15  apis.orders.tokens.format: an opaque token does not meet the need readable-by-bearer. Remedy: Write auto or jwt, or take out the need.',
);
judged(
  'a long life is warned about',
  addToApi('tokens: { ttl: 24h }'),
  '12:15  warning: apis.orders.tokens.ttl: tokens live for 1d. Remedy: Shorten it: what is stolen is of use for as long.',
);

judged(
  'to serve while revocations may have been missed does not go with early revocation',
  addToApi('onStaleRevocations: serve\n    tokens: { needs: [early-revocation] }'),
  '12:5  warning: apis.orders.onStaleRevocations: lets revoked tokens in while the revocation log is out of reach. Remedy: Take it out, since this API needs early revocation.',
);
judged('without that need, it is a choice', addToApi('onStaleRevocations: serve'), '');
judged(
  "forwarding the caller's token is warned about",
  addToApi('forward: { identity: token }'),
  "12:16  warning: apis.orders.forward.identity: the upstream gets the caller's token, and could use it elsewhere. Remedy: Write jwt, unless the upstream must check the token itself.",
);
judged(
  'headers are for identity: headers',
  addToApi('forward: { headers: { x-email: email } }'),
  '12:16  apis.orders.forward.headers: is not used with identity: jwt. Remedy: Write identity: headers.',
);
for (const name of ['host', 'authorization', 'transfer-encoding', 'content-length', 'x-forwarded-for', 'cookie']) {
  judged(
    `the header ${name} is taken`,
    addToApi(`forward: { identity: headers, headers: { ${name}: email } }`),
    `12:46  apis.orders.forward.headers.${name}: is taken. Remedy: Choose another name, such as x-user-email.`,
  );
}
judged(
  'an upstream in the clear on another machine is warned about',
  put('http://127.0.0.1:9000', 'http://orders.internal'),
  '8:5  warning: apis.orders.upstream: requests travel in the clear to another machine. Remedy: Use https, unless the network between is yours alone.',
);

const database = 'localhost/gatehouse';
judged(
  'the password of the database is kept out of the file, and out of what is said',
  add(`store: postgres://gate:hunter2@${database}`),
  `12:1  warning: store: has its password written in the file. Remedy: Write \${NAME} in its place.`,
);
judged('a database without a password has none to keep', add(`store: postgres://${database}`), '');
test('the password of the database may come from elsewhere, and is in nothing that is printed', () => {
  const text = `${soundConfig}store: postgres://gate:\${PASSWORD}@${database}\n`;
  const surroundings = { env: { PASSWORD: 'hunter2' } };
  assert.equal(reportOn(text, surroundings), '');
  const outcome = readConfig(text, surroundings);
  assert.ok(outcome.ok && outcome.config.store.kind === 'postgres');
  assert.match(outcome.config.store.url.reveal(), /hunter2/);
  assert.doesNotMatch(JSON.stringify(outcome.config) + inspect(outcome.config, { depth: 9 }), /hunter2/);
});
judged(
  'the secret of the command line is kept out of the file',
  add('admin: { secret: hunter2 }'),
  `12:10  warning: admin.secret: is written in the file. Remedy: Write \${NAME} or { file: PATH } instead.`,
);

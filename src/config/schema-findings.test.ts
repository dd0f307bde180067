import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOn } from '../../test/fixtures/a-config.ts';

/** One option each, and the line that it gets; the rest of the file is sound. */
const table: [string, string][] = [
  // Names
  ['gatway: {}', 'gatway: is unknown. Remedy: Did you mean gateway?'],
  ['log: { file: x }', 'log.file: is unknown. Remedy: Known here: level.'],
  ['gateway: { limits: { tokens: 1KiB } }', 'gateway.limits.tokens: is unknown. Remedy: Did you mean token?'],
  [
    'issuers: { Acme: { issuer: https://a.example } }',
    'issuers.Acme: "Acme" is no name. Remedy: Begin with a lower-case letter; go on with lower-case letters, digits, "-" and "_", 63 in all at most.',
  ],
  // Kinds of values
  ['gateway:', 'gateway: has no value. Remedy: Fill it, or take it out.'],
  ['gateway: fast', 'gateway: is text. Remedy: Write a mapping of options to values.'],
  ['clients: {}', 'clients: is a mapping. Remedy: Write a list.'],
  ['log: { level: 3 }', 'log.level: is a number: 3. Remedy: Write one of trace, debug, info, warn, error, silent.'],
  ['log: { level: inf }', 'log.level: is unknown: "inf". Remedy: Did you mean info?'],
  [
    'log: { level: loud }',
    'log.level: is unknown: "loud". Remedy: Write one of trace, debug, info, warn, error, silent.',
  ],
  ['gateway: { realm: 1 }', 'gateway.realm: is a number: 1. Remedy: Write a realm, such as gatehouse, in quotes.'],
  [
    'gateway: { realm: true }',
    'gateway.realm: is a truth value: true. Remedy: Write a realm, such as gatehouse, in quotes.',
  ],
  ['gateway: { realm: " x" }', 'gateway.realm: is empty, or has spaces around it. Remedy: Write it like gatehouse.'],
  [
    'gateway: { limits: { headerCount: 0 } }',
    'gateway.limits.headerCount: is out of bounds. Remedy: Write a number from 1 to 1000.',
  ],
  [
    'gateway: { limits: { headerCount: 1.5 } }',
    'gateway.limits.headerCount: is a number: 1.5. Remedy: Write a whole number.',
  ],
  // Durations and sizes
  [
    'revocation: { poll: 500 }',
    'revocation.poll: is a number without a unit: 500. Remedy: Write a duration, such as 10m.',
  ],
  [
    'revocation: { poll: 1 second }',
    'revocation.poll: "1 second" is no duration. Remedy: Write a whole number and its unit (ms, s, m, h or d), such as 10m.',
  ],
  ['revocation: { poll: 1ms }', 'revocation.poll: is shorter than allowed. Remedy: Write something from 10ms to 1m.'],
  ['revocation: { poll: 1h }', 'revocation.poll: is longer than allowed. Remedy: Write something from 10ms to 1m.'],
  [
    'gateway: { limits: { token: 16 } }',
    'gateway.limits.token: is a number without a unit: 16. Remedy: Write a size, such as 16KiB.',
  ],
  [
    'gateway: { limits: { token: 16KB } }',
    'gateway.limits.token: "16KB" is no size. Remedy: Write a whole number and its unit (B, KiB, MiB or GiB), such as 16KiB.',
  ],
  [
    'gateway: { limits: { token: 1GiB } }',
    'gateway.limits.token: is larger than allowed. Remedy: Write something from 256B to 1MiB.',
  ],
  [
    'gateway: { limits: { token: 1B } }',
    'gateway.limits.token: is smaller than allowed. Remedy: Write something from 256B to 1MiB.',
  ],
  // Addresses
  [
    'admin: { listen: 8082 }',
    'admin.listen: is a number: 8082. Remedy: Write a host:port, such as 127.0.0.1:8080, in quotes.',
  ],
  [
    'admin: { listen: ":8082" }',
    'admin.listen: ":8082" is no address to listen on. Remedy: Write HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080; 0.0.0.0:8080 is every address.',
  ],
  [
    'gateway: { trustedProxies: [10.0.0.0/33] }',
    'gateway.trustedProxies[0]: "10.0.0.0/33" is no address or network. Remedy: Write an IP address, or a range as 10.0.0.0/8.',
  ],
  ['gateway: { trustedProxies: [] }', 'gateway.trustedProxies: is empty. Remedy: Leave it out, or fill it.'],
  ['gateway: { trustedProxies: [::1, ::1] }', 'gateway.trustedProxies[1]: is there twice. Remedy: Keep one of them.'],
  ['gateway: { trustedProxies: ::1 }', 'gateway.trustedProxies: is text. Remedy: Write a list, such as [10.0.0.0/8].'],
  [
    'gateway: { decide: /a/../b }',
    'gateway.decide: "/a/../b" is no canonical path. Remedy: Write an absolute path such as /orders, without dot segments, query and percent signs.',
  ],
  [
    'store: mysql://db',
    'store: is no store. Remedy: Write sqlite: and the path of a file, the URL of a PostgreSQL database, or none for a gateway that follows a hub.',
  ],
  [
    'store: postgres://db.example/x',
    'store: is on another host, and its URL has no `sslmode`. Remedy: Say sslmode=verify-full, or sslmode=disable where the network is trusted.',
  ],
  // Federation
  [
    'outbound: { proxy: socks5://u:p@proxy.example }',
    'outbound.proxy: "socks5://…@proxy.example" is no proxy. Remedy: Write environment, none, or the URL of the proxy, such as http://proxy.internal.example:3128.',
  ],
  [
    'consumers: { web: { clients: [{ issuer: acme, client: web }], rate: { requests: 0 } } }',
    'consumers.web.rate.requests: is out of bounds. Remedy: Write a number from 1 to 1000000.',
  ],
  ['consumers: { web: { clients: [] } }', 'consumers.web.clients: is empty. Remedy: Leave it out, or fill it.'],
  [
    'issuers: { acme: { introspection: { endpoint: http://id.example.com/introspect } } }',
    'issuers.acme.introspection.endpoint: is not https. Remedy: Write https://…; plain http is for loopback only.',
  ],
  [
    'issuers: { acme: { introspection: { cache: 2h } } }',
    'issuers.acme.introspection.cache: is longer than allowed. Remedy: Write something from 0ms to 1h.',
  ],
  [
    'issuers: { acme: { introspection: { authentication: mtls } } }',
    'issuers.acme.introspection.authentication: is unknown: "mtls". Remedy: Write one of basic, post, private_key_jwt, bearer, none.',
  ],
  [
    'issuers: { acme: { decryption: [{ kid: enc-1 }] } }',
    `issuers.acme.decryption[0].key: is missing. Remedy: Add a secret, such as \${NAME}. A private key, PEM or JWK: RSA, or EC on P-256, P-384 or P-521.`,
  ],
  [
    'store: postgres://u:p@db/x?sslmod=p',
    'store: has a parameter `sslmod` in its URL. Remedy: Use host, sslmode, sslrootcert, sslcert, sslkey, application_name.',
  ],
  [
    'store: postgres://u:p%zz@db/x',
    'store: has a URL that is none. Remedy: Write postgres://USER:PASSWORD@HOST:PORT/DATABASE, with % before characters that are not plain.',
  ],
];

for (const [option, line] of table) {
  test(`${option} → ${line}`, () => {
    const report = reportOn(`apis: {}\n${option}\n`);
    assert.equal(report.replace(/^gatehouse\.yaml:2:\d+ {2}/, ''), line);
  });
}

const urls: [string, string][] = [
  ['http://id.example.com', 'is not https. Remedy: Write https://…; plain http is for loopback only.'],
  [
    'id.example.com',
    '"id.example.com" is no http or https URL. Remedy: Write an absolute URL, such as https://id.example.com.',
  ],
  [
    'ftp://id.example.com',
    '"ftp://id.example.com" is no http or https URL. Remedy: Write an absolute URL, such as https://id.example.com.',
  ],
  ['https://a:b@id.example.com', 'holds a user name or password. Remedy: Take them out of the URL.'],
  ['"https://id.example.com#x"', 'has a fragment. Remedy: Take out the "#" and the rest.'],
];

for (const [url, line] of urls) {
  test(`an issuer ${url} ${line}`, () => {
    const report = reportOn(`apis: {}\nissuers:\n  acme:\n    issuer: ${url}\n`);
    assert.equal(report, `gatehouse.yaml:4:5  issuers.acme.issuer: ${line}`);
  });
}

test('an issuer of ours is an origin', () => {
  assert.equal(
    reportOn('apis: {}\nprovider: { issuer: https://id.example.com/ }\n'),
    'gatehouse.yaml:2:13  provider.issuer: "https://id.example.com/" is more than scheme, host and port. Remedy: Write https://id.example.com.',
  );
});

test('what is missing is named, with what it is for', () => {
  assert.equal(
    reportOn('gateway: {}\n'),
    'gatehouse.yaml:1:1  apis: is missing. Remedy: Add a mapping of options to values. The protected APIs, by a name of your own.',
  );
  assert.equal(
    reportOn('apis: {}\nprovider: { listen: 127.0.0.1:8081 }\n'),
    'gatehouse.yaml:2:1  provider.issuer: is missing. Remedy: Add an origin, such as https://id.example.com. Its issuer identifier (RFC 8414 section 2): the origin under which everyone reaches it. https, but for loopback.',
  );
});

const apiWith = (line: string): string => `provider: { issuer: http://127.0.0.1:8081 }
apis:
  orders:
    audience: https://api.example.com/orders
    route: { path: /orders }
    accept: [provider]
    rules: [{ scopes: [orders:read] }]
    ${line}
`;

const apiTable: [string, string][] = [
  [
    'upstream: { ul: http://127.0.0.1:1, url: http://127.0.0.1:1 }',
    '17  apis.orders.upstream.ul: is unknown. Remedy: Did you mean url?',
  ],
  ['upstream: http://127.0.0.1:1/?a', '5  apis.orders.upstream: has a query. Remedy: Take out the "?" and the rest.'],
  [
    'upstream: 9000',
    '5  apis.orders.upstream: is a number: 9000. Remedy: Write a URL, such as http://127.0.0.1:9000, or a mapping of options to values.',
  ],
  [
    'upstream: { url: http://127.0.0.1:1, preserveHost: "yes" }',
    '42  apis.orders.upstream.preserveHost: is text. Remedy: Write true or false.',
  ],
];

for (const [line, report] of apiTable) {
  test(`${line} → ${report}`, () => assert.equal(reportOn(apiWith(line)), `gatehouse.yaml:8:${report}`));
}

const withUpstream = (line: string): string => `${apiWith('upstream: http://127.0.0.1:1')}    ${line}\n`;

const moreTable: [string, string][] = [
  [
    'tokens: { ttl: 10 }',
    '15  apis.orders.tokens.ttl: is a number without a unit: 10. Remedy: Write a duration, such as 10m.',
  ],
  ['tokens: { format: JWT }', '15  apis.orders.tokens.format: is unknown: "JWT". Remedy: Did you mean jwt?'],
  [
    'tokens: { needs: [latencies] }',
    '23  apis.orders.tokens.needs[0]: is unknown: "latencies". Remedy: Did you mean latency?',
  ],
  [
    'forward: { headers: { X-Email: email } }',
    '27  apis.orders.forward.headers.X-Email: "X-Email" is no header. Remedy: Write the name of a header in lower case, such as x-user-email.',
  ],
  [
    'forward: { headers: { x-email: 1 } }',
    '27  apis.orders.forward.headers.x-email: is a number: 1. Remedy: Write a claim path, such as email.',
  ],
  [
    'cors: { origins: ["*"] }',
    '23  apis.orders.cors.origins[0]: "*" is no http or https URL. Remedy: Write an absolute URL, such as https://id.example.com.',
  ],
  [
    'cors: { origins: [https://app.example.com/] }',
    '23  apis.orders.cors.origins[0]: "https://app.example.com/" is more than scheme, host and port. Remedy: Write https://app.example.com.',
  ],
  [
    'scopes: [a b]',
    '14  apis.orders.scopes[0]: "a b" is no scope (RFC 6749 section 3.3). Remedy: Write one scope per list entry, without spaces, quotes and backslashes.',
  ],
  [
    'onStaleRevocations: ignore',
    '5  apis.orders.onStaleRevocations: is unknown: "ignore". Remedy: Write one of refuse, serve.',
  ],
];

for (const [line, report] of moreTable) {
  test(`${line} → ${report}`, () => assert.equal(reportOn(withUpstream(line)), `gatehouse.yaml:9:${report}`));
}

const clientTable: [string, string][] = [
  [
    'id: "", grants: [client_credentials]',
    'clients[0].id: "" is no client id (RFC 6749 appendix A.1). Remedy: Write printable ASCII characters.',
  ],
  [
    'id: a, grants: [implicit]',
    'clients[0].grants[0]: is unknown: "implicit". Remedy: Write one of client_credentials, authorization_code, refresh_token, token-exchange, jwt-bearer.',
  ],
  [
    'id: a, grants: [authorization_code], redirect_uris: [https://a.example]',
    'clients[0].redirect_uris: is unknown. Remedy: Did you mean redirectUris?',
  ],
  [
    'id: a, grants: [authorization_code], redirectUris: [/callback]',
    'clients[0].redirectUris[0]: "/callback" is no absolute URI. Remedy: Write it as https://app.example.com/callback.',
  ],
  [
    'id: a, grants: [client_credentials], jwks: { keys: [] }',
    'clients[0].jwks.keys: is empty. Remedy: Fill it, or take it out.',
  ],
  [
    'id: a, grants: [client_credentials], jwks: { keys: [{ kty: oct, k: x }] }',
    'clients[0].jwks.keys[0].kty: is unknown: "oct". Remedy: Write one of RSA, EC, OKP.',
  ],
  [
    'id: a, grants: [client_credentials], jwks: { keys: [{ kty: EC, d: x }] }',
    'clients[0].jwks.keys[0]: is a private key: it has "d". Remedy: Give the public half only.',
  ],
];

for (const [members, line] of clientTable) {
  test(`{ ${members} } → ${line}`, () => {
    const report = reportOn(`provider: { issuer: http://127.0.0.1:8081 }\napis: {}\nclients: [{ ${members} }]\n`);
    assert.equal(report.replace(/^gatehouse\.yaml:3:\d+ {2}/, ''), line);
  });
}

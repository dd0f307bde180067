import { asked, judged, legacy, okta } from '../../../test/fixtures/a-federated-config.ts';

const web = '{ clients: [{ issuer: acme, client: web }, { issuer: legacy, client: web }], rate: { requests: 5 } }';
judged('consumers are known by client and issuer', {
  consumers: `{ web: ${web} }`,
  api: 'consumers: [web]',
  rule: 'consumers: [web]',
});
judged(
  'the issuers of consumers exist',
  { consumers: '{ web: { clients: [{ issuer: acne, client: web }] } }' },
  '5  consumers.web.clients[0].issuer: there is no issuer "acne". Remedy: Did you mean acme?',
);
judged(
  'one client of one issuer is one consumer',
  {
    consumers: `{ web: ${web}, other: { clients: [{ issuer: provider, client: web }, { issuer: acme, client: web }] } }`,
  },
  '5  consumers.other.clients[1].client: "web" of acme is a client of web, too. Remedy: Keep one of them.',
);
judged(
  'consumers that are named exist, and can call',
  {
    consumers: `{ web: ${web}, ours: { clients: [{ issuer: provider, client: web }] } }`,
    api: 'consumers: [wep, ours]',
    rule: 'consumers: [wed]',
  },
  '12  apis.orders.rules[0].consumers[0]: there is no consumer "wed". Remedy: Did you mean web?',
  '13  apis.orders.consumers[0]: there is no consumer "wep". Remedy: Did you mean web?',
  '13  apis.orders.consumers[1]: "ours" cannot call: orders accepts none of its issuers. Remedy: Add one of its issuers to `apis.orders.accept`.',
);
judged(
  'known consumers are at least one',
  { api: 'consumers: known' },
  '13  apis.orders.consumers: lets nobody call, since there are no consumers. Remedy: Add `consumers`.',
);

const pool = 'preset: cognito, issuer: https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E';
judged(
  'a pool whose tokens have no audience is told that it needs clients',
  { issuers: { acme: `{ ${pool} }` } },
  '3  warning: issuers.acme: its tokens have no `aud`, unless the client asked by `resource`, and are refused. Remedy: List in `clients` whose tokens are accepted; or write audienceFromClient: false.',
);
judged('a pool is not warned about once it is told', {
  issuers: { acme: `{ ${pool}, clients: [web] }`, other: `{ ${pool}x, audienceFromClient: false }` },
});
judged(
  'where the document is, is not the issuer',
  { issuers: { acme: '{ issuer: https://id.example/.well-known/openid-configuration }' } },
  '3  issuers.acme.issuer: "https://id.example/.well-known/openid-configuration" is where a document of the issuer is, not the issuer. Remedy: Write what the document has as `issuer`, to the letter; `gatehouse issuers add` takes its URL.',
);
judged(
  'the issuer of another provider is no issuer of Okta',
  { issuers: { acme: '{ preset: okta, issuer: https://login.example/tenant/v2.0 }' } },
  '3  issuers.acme.issuer: "https://login.example/tenant/v2.0" is not an issuer of Okta, custom authorization server. Remedy: The issuer of Okta is https://DOMAIN/oauth2/ID, without a slash at the end; that of an org authorization server is https://DOMAIN.',
);

judged('a key to decrypt by is one', {
  issuers: { acme: okta.replace(' }', ', decryption: [{ key: { file: ec.pem }, kid: enc-1 }] }') },
});
judged(
  'what is none is refused',
  { issuers: { acme: okta.replace(' }', ', decryption: [{ key: { file: none.pem } }, { key: { file: ed.pem } }] }') } },
  '3  issuers.acme.decryption[0].key: is no key to decrypt by. This is not an unencrypted private key, in PEM or as a JWK. Remedy: Give an unencrypted private key, PEM or JWK: RSA of 2048 bits or more, or EC on P-256, P-384 or P-521.',
  '3  issuers.acme.decryption[1].key: is no key to decrypt by. The key must be RSA of 2048 bits or more, or EC on P-256, P-384 or P-521. Remedy: Give an unencrypted private key, PEM or JWK: RSA of 2048 bits or more, or EC on P-256, P-384 or P-521.',
);

const job = `clients: [{ id: web, secret: "\${SECRET}", grants: [token-exchange], scopes: [orders:read] }]`;
judged('tokens are exchanged by a rule', {
  accept: 'acme, legacy, provider',
  exchange: '{ from: [acme], to: [orders], clients: [web], scopes: [orders:read], when: principal.claims.ok == true }',
  more: job,
});
judged(
  'a rule of exchange names what there is',
  {
    accept: 'acme, legacy, provider',
    exchange:
      '{ grants: [jwt-bearer], from: [acne], to: [orderz], clients: [web, wep], scopes: [order:read], when: principal.x }',
    more: job,
  },
  '1  provider.exchange[0].from[0]: "acne" is no issuer. Remedy: Did you mean acme?',
  '1  provider.exchange[0].to[0]: "orderz" is no API that accepts provider. Remedy: Did you mean orders?',
  '1  provider.exchange[0].clients[0]: "web" may not use jwt-bearer. Remedy: Add jwt-bearer to the `grants` of web.',
  '1  provider.exchange[0].scopes[0]: "order:read" is no scope of an API that accepts provider. Remedy: Did you mean orders:read?',
  '1  provider.exchange[0].when: unknown field: principal.x (at character 1). Remedy: Fields: issuer, subject, client, consumer, scopes, roles, groups, audiences, claims, kind, issuedAt, expires.',
  '1  warning: provider.exchange[0].clients[1]: "wep" is not in this file. Remedy: Did you mean web?',
);
judged(
  'a rule for our own tokens says of which API',
  {
    accept: 'acme, legacy, provider',
    exchange: '{ from: [acme, provider], to: [orders], clients: [web] }',
    more: job,
  },
  '1  provider.exchange[0].from[1]: the tokens of provider are meant for APIs, and this rule is for none. Remedy: Name in `audience` the APIs whose tokens are exchanged.',
);

const literal = `is written in the file. Remedy: Write \${NAME} or { file: PATH } instead.`;
judged(
  'a secret of ours elsewhere is kept out of the file, too',
  {
    issuers: {
      acme: okta.replace(
        ' }',
        ', introspection: { client: { id: gate, secret: x } }, opaque: { prefixes: [a_] }, signIn: { client: { id: gate, secret: x } } }',
      ),
      legacy: asked('bearer: x'),
    },
    more: 'outbound: { proxy: "http://gate:x@proxy.example:3128" }',
  },
  `3  warning: issuers.acme.introspection.client.secret: ${literal}`,
  `3  warning: issuers.acme.signIn.client.secret: ${literal}`,
  `4  warning: issuers.legacy.introspection.bearer: ${literal}`,
  `13  warning: outbound.proxy: has its password written in the file. Remedy: Write \${NAME} in its place.`,
);
judged('elsewhere it may be', { more: `outbound: { proxy: "http://gate:\${SECRET}@proxy.example:3128" }` });

const signIn = `signIn: { client: { id: gate, secret: "\${SECRET}" }, claims: { department: dept } }`;
judged('people sign in by way of an issuer that no API accepts', {
  issuers: { acme: okta, staff: `{ issuer: https://id.example, ${signIn} }` },
  accept: 'acme',
});
judged(
  'the provider says its own claims itself',
  { issuers: { acme: okta.replace(' }', `, ${signIn.replace('department', 'sub')} }`) } },
  '3  issuers.acme.signIn.claims.sub: is a claim that only the provider itself may say. Remedy: Rename it.',
);
judged(
  'sign-in needs an issuer with an identifier',
  { issuers: { legacy: legacy.replace(/ }$/, `, ${signIn} }`) } },
  '3  issuers.legacy.signIn: needs the issuer identifier. Remedy: Add `issuer`.',
);

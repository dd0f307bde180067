import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../../src/base/clock.ts';
import { hashPassword } from '../../src/base/password.ts';
import { adminAudience, bootstrapClientId } from '../../src/protocol/admin-access.ts';
import { aForeignIssuer } from '../e2e/a-foreign-issuer.ts';
import { aNeighbour } from '../e2e/a-neighbour.ts';
import { anUpstream } from '../e2e/an-upstream.ts';
import { type AssembledGatehouse, assembleGatehouse } from '../e2e/assembled-gatehouse.ts';
import type { Ports } from '../e2e/free-ports.ts';
import { aJwt, aSigningKey } from '../fixtures/a-jwt.ts';
import { type Answer, post } from '../fixtures/a-token-client.ts';

export const ordersAudience = 'https://orders.example';
export const reportsAudience = 'https://reports.example';
export const acme = 'https://acme.example';
export const shop = 'https://shop.example';
export const tokenExchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
export const accessToken = 'urn:ietf:params:oauth:token-type:access_token';
export const jwt = 'urn:ietf:params:oauth:token-type:jwt';
/** What the tokens of acme are for. */
export const acmeAudience = 'https://api.acme.example';

export const web = { id: 'orders-web', secret: 'the secret of orders-web' };
export const job = { id: 'job', secret: 'the secret of the job' };
export const stranger = { id: 'stranger', secret: 'the secret of the stranger' };

/** The whole program with foreign issuers whose keys the test holds, and an issuer that is asked. */
export interface RunningExchange {
  readonly house: AssembledGatehouse;
  readonly issuer: string;
  /** Moves the clock of the program and of all tokens. */
  wait(milliseconds: number): void;
  /** A good token of acme, for acme's own API. */
  acmeToken(claims?: Claims): string;
  /** A good assertion of acme, for us. */
  assertion(claims?: Claims): string;
  shopToken(claims?: Claims): string;
  /** What the asked issuer says of a token from now on; undefined: it is not active. `down`: it answers no more. */
  legacy(token: string, claims: Claims | undefined | 'down'): void;
  /** How often the asked issuer was asked. */
  asked(): number;
  exchange(form: Form, client?: { readonly id: string; readonly secret?: string }): Promise<Answer>;
  ask(path: string, form: Form, client?: { readonly id: string; readonly secret?: string }): Promise<Answer>;
  /** The newest line of the log with these words, which may take its time to get there. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect to be there
  logged(...words: readonly string[]): Promise<any>;
  /** A call of the admin API. */
  manage(method: string, path: string, body?: object): Promise<Response>;
  /** Revokes through the admin API. */
  revoke(entry: Readonly<Record<string, unknown>>): Promise<void>;
  /** Takes other rules from now on. */
  reload(rules: (issuer: string) => string): Promise<void>;
  /** A call of an API through the gateway. */
  call(path: string, token: string): Promise<Response>;
  close(): Promise<void>;
}

type Claims = Readonly<Record<string, unknown>>;
type Form = Readonly<Record<string, string>> | readonly (readonly [string, string])[];

export const password = 'correct horse battery staple';

/** @param rules the text of `provider.exchange`, given our issuer identifier */
export async function anExchange(rules: (issuer: string) => string): Promise<RunningExchange> {
  let ahead = 0;
  const clock: Clock = () => Date.now() + ahead;
  const [acmeKey, shopKey] = [aSigningKey('ES256', 'acme'), aSigningKey('RS256', 'shop')];
  const [acmeServer, shopServer] = [await aForeignIssuer(acme, [acmeKey]), await aForeignIssuer(shop, [shopKey])];
  const upstream = await anUpstream();
  const known = new Map<string, Claims | 'down'>();
  let asked = 0;
  const legacy = await aNeighbour((request, response) => {
    asked++;
    request.setEncoding('utf8');
    let body = '';
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const claims = known.get(new URLSearchParams(body).get('token') ?? '');
      if (claims === 'down') return void response.writeHead(500).end();
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(claims === undefined ? { active: false } : { active: true, ...claims }));
    });
  });
  const passwordHash = await hashPassword(password, { ln: 4, r: 8, p: 1 });
  const configWith =
    (rules: (issuer: string) => string) =>
    (ports: Ports): string =>
      `
gateway: { listen: 127.0.0.1:${ports.gateway} }
admin: { listen: 127.0.0.1:${ports.admin} }
provider:
  listen: 127.0.0.1:${ports.provider}
  issuer: http://127.0.0.1:${ports.provider}
  exchange: ${rules(`http://127.0.0.1:${ports.provider}`)}
issuers:
  acme: { preset: oidc, issuer: ${acme}, discovery: '${acmeServer.discovery}' }
  shop: { preset: oidc, issuer: ${shop}, discovery: '${shopServer.discovery}' }
  legacy:
    preset: oauth
    introspection:
      endpoint: ${legacy.url}/introspect
      client: { id: gate, secret: of the gate }
      cache: 1s
      negativeCache: 0s
apis:
  orders:
    audience: ${ordersAudience}
    route: { path: /orders }
    upstream: ${upstream.url}
    accept: [provider]
    rules: [{ scopes: [orders:read] }, { methods: [POST], scopes: [orders:write] }]
    tokens: { format: opaque, ttl: 10m, claims: [email, email_verified] }
    forward: { identity: headers }
  reports:
    audience: ${reportsAudience}
    route: { path: /reports }
    upstream: ${upstream.url}
    accept: [provider]
    rules: [{ scopes: [reports:read] }, { methods: [POST], scopes: [orders:read] }]
    tokens: { format: jwt, ttl: 5m, claims: [email] }
    forward: { identity: headers }
  closed:
    audience: https://closed.example
    route: { path: /closed }
    upstream: ${upstream.url}
    accept: [provider]
    rules: [{ scopes: [closed:read] }]
clients:
  - id: ${web.id}
    secret: ${web.secret}
    grants: [token-exchange, jwt-bearer, client_credentials, authorization_code, refresh_token]
    redirectUris: ['https://app.example.com/callback']
    scopes: [orders:read, orders:write, reports:read, closed:read]
  - { id: ${job.id}, secret: ${job.secret}, grants: [token-exchange], scopes: [orders:read] }
  - { id: ${stranger.id}, secret: ${stranger.secret}, grants: [client_credentials], scopes: [orders:read] }
accounts:
  - { username: ada, password: '${passwordHash}', claims: { email: ada@example.com, email_verified: true } }
`;
  const house = await assembleGatehouse(configWith(rules), clock);
  const facts = (claims: Claims): Claims => {
    const iat = Math.floor(clock() / 1000) - 10;
    return {
      iss: acme,
      sub: '00u1',
      client_id: 'acme-app',
      scope: 'orders:read openid',
      iat,
      exp: iat + 3600,
      ...claims,
    };
  };
  let made = 0;
  const jti = (): string => `jti-${++made}`;
  const running: RunningExchange = {
    house,
    issuer: house.provider,
    wait: (milliseconds) => {
      ahead += milliseconds;
    },
    acmeToken: (claims = {}) => aJwt(acmeKey, facts({ aud: acmeAudience, jti: jti(), ...claims })),
    assertion: (claims = {}) => aJwt(acmeKey, facts({ aud: house.provider, jti: jti(), ...claims })),
    shopToken: (claims = {}) => aJwt(shopKey, facts({ iss: shop, aud: acmeAudience, jti: jti(), ...claims })),
    legacy(token, claims) {
      if (claims === undefined) known.delete(token);
      else known.set(token, claims === 'down' ? claims : facts({ iss: undefined, aud: acmeAudience, ...claims }));
    },
    asked: () => asked,
    exchange: (form, client = web) => running.ask('/token', form, client),
    ask: (path, form, client = web) => post(house.provider, path, form as Record<string, string>, client),
    async logged(...words) {
      for (let attempt = 0; attempt < 100; attempt++) {
        const line = house
          .log()
          .split('\n')
          .findLast((each) => words.every((word) => each.includes(word)));
        if (line !== undefined) return JSON.parse(line);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return undefined;
    },
    async manage(method, path, body) {
      const secret = readFileSync(join(dirname(house.store), 'gatehouse-admin.secret'), 'utf8').trim();
      const grant = { grant_type: 'client_credentials', resource: adminAudience };
      const { json } = await running.ask('/token', grant, { id: bootstrapClientId, secret });
      const headers = { authorization: `Bearer ${json.access_token}`, 'content-type': 'application/json' };
      return fetch(house.admin + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    },
    async revoke(entry) {
      const answer = await running.manage('POST', '/revocations', entry);
      assert.equal(answer.status, 201, await answer.text());
    },
    reload: (others) => house.reload(configWith(others)),
    call: (path, token) => fetch(house.gateway + path, { headers: { authorization: `Bearer ${token}` } }),
    async close() {
      await house.remove();
      await Promise.all([acmeServer, shopServer, legacy, upstream].map((each) => each.close()));
    },
  };
  return running;
}

/** The parameters of an ordinary exchange. */
export function exchangeOf(token: string, form: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { grant_type: tokenExchange, subject_token: token, subject_token_type: accessToken, ...form };
}

export function assertionOf(token: string, form: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { grant_type: jwtBearer, assertion: token, ...form };
}

export function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

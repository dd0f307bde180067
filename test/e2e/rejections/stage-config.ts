import type { Ports } from '../free-ports.ts';

export const audience = 'https://orders.example';
export const issuers = {
  acme: 'https://acme.example',
  silent: 'https://silent.example',
  google: 'https://accounts.google.com',
  sealing: 'https://sealing.example',
};

export interface Surroundings {
  readonly clientSecret: string;
  /** The discovery document of acme. */
  readonly discovery: string;
  readonly upstream: string;
  /** Where acme publishes status lists. */
  readonly lists: string;
  /** Ours, for which the issuer `sealing` encrypts: a PEM in one line of JSON. */
  readonly decryptionKey: string;
  /** Nobody listens there. */
  readonly gone: string;
  /** Answers what is no HTTP. */
  readonly broken: string;
  /** Never answers. */
  readonly slow: string;
}

/** All others accept acme. */
const accepted: Readonly<Record<string, string>> = { orders: 'provider, acme, silent, google', sealed: 'sealing' };

/** One API for each thing that an API can refuse for, all for the same audience. */
export function stageConfig(ports: Ports, around: Surroundings): string {
  const api = (name: string, rule: string, upstream = around.upstream, more = ''): string => `
  ${name}:
    audience: ${name === 'orders' ? audience : `[https://${name}.example, ${audience}]`}
    route: { path: /${name} }
    upstream: ${upstream}
    rules: [{ methods: [GET, POST], ${rule} }]
    forward: { identity: ${name === 'signed' ? 'jwt' : 'none'} }
    accept: [${accepted[name] ?? 'acme'}]${more}`;
  return `
gateway:
  listen: 127.0.0.1:${ports.gateway}
  limits: { headers: 32KiB }
  timeouts: { headers: 1s, drain: 5s }
provider: { listen: 127.0.0.1:${ports.provider}, issuer: http://127.0.0.1:${ports.provider} }
admin: { listen: 127.0.0.1:${ports.admin} }
revocation: { poll: 20ms }
issuers:
  acme: { issuer: ${issuers.acme}, discovery: ${around.discovery}, maxLifetime: 1h, statusLists: ['${around.lists}'], clients: [orders-web, partner-web, rogue-web, busy-web] }
  silent: { issuer: ${issuers.silent}, jwksUri: ${around.gone}/jwks }
  google: { preset: google, issuer: ${issuers.google}, clients: [web], introspection: {}, opaque: { prefixes: [ya29.] } }
  sealing: { issuer: ${issuers.sealing}, jwksUri: ${around.gone}/jwks, decryption: [{ key: ${around.decryptionKey} }] }
consumers:
  partner: { clients: [{ issuer: acme, client: partner-web }] }
  rogue: { clients: [{ issuer: acme, client: rogue-web }], blocked: true }
  busy: { clients: [{ issuer: acme, client: busy-web }], rate: { requests: 1, per: 1h } }
clients:
  - { id: reporting, secret: '${around.clientSecret}', grants: [client_credentials], scopes: [orders:read] }
apis:${[
    api('orders', 'scopes: [orders:read]', around.upstream, '\n    limits: { body: 1KiB }'),
    api('callers', 'clients: [billing]'),
    api('roles', 'roles: [clerk]'),
    api('groups', 'groups: [staff]'),
    api('conditions', 'when: principal.claims.email_verified == true'),
    api('served', 'scopes: [orders:read]', around.upstream, '\n    consumers: [busy]'),
    api('sealed', 'scopes: [orders:read]'),
    api('gone', 'scopes: [orders:read]', around.gone),
    api('broken', 'scopes: [orders:read]', around.broken),
    api('slow', 'scopes: [orders:read]', around.slow, '\n    timeouts: { firstByte: 100ms }'),
    api('signed', 'scopes: [orders:read]', around.upstream, '\n    onStaleRevocations: serve'),
  ].join('')}
`;
}

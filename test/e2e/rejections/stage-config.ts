import type { Ports } from '../free-ports.ts';

export const audience = 'https://orders.example';
export const issuers = {
  acme: 'https://acme.example',
  silent: 'https://silent.example',
  google: 'https://accounts.google.com',
};

export interface Surroundings {
  readonly clientSecret: string;
  /** The discovery document of acme. */
  readonly discovery: string;
  readonly upstream: string;
  /** Nobody listens there. */
  readonly gone: string;
  /** Answers what is no HTTP. */
  readonly broken: string;
  /** Never answers. */
  readonly slow: string;
}

/** One API for each thing that an API can refuse for, all for the same audience. */
export function stageConfig(ports: Ports, around: Surroundings): string {
  const api = (name: string, rule: string, upstream = around.upstream, more = ''): string => `
  ${name}:
    audience: ${name === 'orders' ? audience : `[https://${name}.example, ${audience}]`}
    route: { path: /${name} }
    upstream: ${upstream}
    rules: [{ methods: [GET, POST], ${rule} }]
    forward: { identity: ${name === 'signed' ? 'jwt' : 'none'} }
    accept: [${name === 'orders' ? 'provider, acme, silent, google' : 'acme'}]${more}`;
  return `
gateway:
  listen: 127.0.0.1:${ports.gateway}
  limits: { headers: 32KiB }
  timeouts: { headers: 1s, drain: 5s }
provider: { listen: 127.0.0.1:${ports.provider}, issuer: http://127.0.0.1:${ports.provider} }
admin: { listen: 127.0.0.1:${ports.admin} }
revocation: { poll: 20ms }
issuers:
  acme: { issuer: ${issuers.acme}, discovery: ${around.discovery}, maxLifetime: 1h, clients: [orders-web] }
  silent: { issuer: ${issuers.silent}, jwksUri: ${around.gone}/jwks }
  google: { preset: google, issuer: ${issuers.google} }
clients:
  - { id: reporting, secret: '${around.clientSecret}', grants: [client_credentials], scopes: [orders:read] }
apis:${[
    api('orders', 'scopes: [orders:read]', around.upstream, '\n    limits: { body: 1KiB }'),
    api('callers', 'clients: [billing]'),
    api('roles', 'roles: [clerk]'),
    api('groups', 'groups: [staff]'),
    api('conditions', 'when: principal.claims.email_verified == true'),
    api('gone', 'scopes: [orders:read]', around.gone),
    api('broken', 'scopes: [orders:read]', around.broken),
    api('slow', 'scopes: [orders:read]', around.slow, '\n    timeouts: { firstByte: 100ms }'),
    api('signed', 'scopes: [orders:read]', around.upstream, '\n    onStaleRevocations: serve'),
  ].join('')}
`;
}

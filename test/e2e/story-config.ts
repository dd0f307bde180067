import type { Ports } from './free-ports.ts';

export const ordersAudience = 'https://orders.example';
export const reportsAudience = 'https://reports.example';
export const password = 'correct horse battery staple';

export interface Neighbours {
  readonly upstream: string;
  readonly lab: string;
  readonly passwordHash: string;
  readonly clientSecret: string;
}

/** The configuration of the story: two APIs, one opaque and one JWT, a federated issuer, a job, an app and a person. */
export function storyConfig(ports: Ports, { upstream, lab, passwordHash, clientSecret }: Neighbours): string {
  return `
gateway: { listen: 127.0.0.1:${ports.gateway}, trustedProxies: [127.0.0.1] }
provider: { listen: 127.0.0.1:${ports.provider}, issuer: http://127.0.0.1:${ports.provider} }
admin: { listen: 127.0.0.1:${ports.admin} }
store: sqlite:./data/gatehouse.db
issuers:
  lab: { preset: oidc, issuer: ${lab} }
apis:
  orders:
    audience: ${ordersAudience}
    route: { path: /orders }
    upstream: ${upstream}
    accept: [provider, lab]
    rules:
      - { methods: [GET], scopes: [orders:read] }
      - { methods: [POST], scopes: [orders:write], when: principal.claims.email_verified == true }
    tokens: { format: opaque }
    forward: { identity: headers }
    limits: { body: 1KiB }
  reports:
    audience: ${reportsAudience}
    route: { path: /reports }
    upstream: ${upstream}
    accept: [provider]
    rules: [{ methods: [GET], scopes: [reports:read] }]
    tokens: { format: jwt }
    forward: { identity: jwt }
clients:
  - { id: reporting, secret: '${clientSecret}', grants: [client_credentials], scopes: [orders:read, reports:read] }
  - id: web
    grants: [authorization_code, refresh_token]
    redirectUris: [${upstream}/callback]
    scopes: [orders:read, orders:write, reports:read]
accounts:
  - { username: ada, password: '${passwordHash}', claims: { email: ada@example.com, email_verified: true } }
`;
}

export const ordersAudience = 'https://orders.example';
export const reportsAudience = 'https://reports.example';
export const clientSecret = 'a secret of a job';
export const adminSecret = 'a secret of the operator who revokes';

/** A client of the provider that is never revoked. */
export const lastingClient = 'job';

export interface FleetConfig {
  readonly name: string;
  readonly store: string;
  /** Ports of loopback. */
  readonly gateway: number;
  readonly provider: number;
  readonly admin: number;
  /** See neighbours.ts. */
  readonly neighbours: string;
  /** Milliseconds. */
  readonly maxStaleness: number;
  /** Clients of the provider, besides the one that is never revoked. */
  readonly clients: readonly string[];
}

/** The configuration of one process: two APIs, one with opaque tokens of ours and one with JWTs, and two other issuers. */
export function fleetConfig(options: FleetConfig): string {
  const { name, store, gateway, provider, admin, neighbours, maxStaleness, clients } = options;
  return `
gateway: { listen: 127.0.0.1:${gateway}, name: ${name} }
provider: { listen: 127.0.0.1:${provider}, issuer: http://127.0.0.1:${provider} }
admin: { listen: 127.0.0.1:${admin}, secret: ${adminSecret} }
store: ${store}
revocation: { maxStaleness: ${maxStaleness}ms, poll: 250ms }
issuers:
  acme: { preset: oauth, issuer: https://acme.example, jwksUri: ${neighbours}/keys }
  legacy: { introspection: { endpoint: ${neighbours}/introspect, client: { id: gate, secret: of the gate }, cache: 10m } }
apis:
  orders: { ${api('orders', ordersAudience, neighbours)}, tokens: { format: opaque, ttl: 30m } }
  reports: { ${api('reports', reportsAudience, neighbours)}, tokens: { format: jwt, ttl: 30m } }
clients:
${[lastingClient, ...clients].map((id) => `  - { id: ${id}, secret: ${clientSecret}, grants: [client_credentials], scopes: [use] }`).join('\n')}
`;
}

function api(name: string, audience: string, upstream: string): string {
  const route = `audience: ${audience}, route: { path: /${name} }, upstream: ${upstream}`;
  return `${route}, accept: [provider, acme, legacy], rules: [{ scopes: [use] }], forward: { identity: none }`;
}

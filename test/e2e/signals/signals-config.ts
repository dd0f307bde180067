import type { Ports } from '../free-ports.ts';

export const audience = 'https://orders.example';

interface SignalsConfig {
  readonly upstream: string;
  readonly issuers: string;
  /** Below `signals`, indented by two. */
  readonly signals: string;
  readonly more?: string;
}

/** One API that takes the tokens of all issuers there are, and those of our provider. */
export function signalsConfig(ports: Ports, { upstream, issuers, signals, more = '' }: SignalsConfig): string {
  const names = [...issuers.matchAll(/^ {2}([a-z]+):/gm)].map(([, name]) => name);
  return `
gateway: { listen: 127.0.0.1:${ports.gateway} }
provider: { listen: 127.0.0.1:${ports.provider}, issuer: http://127.0.0.1:${ports.provider} }
admin: { listen: 127.0.0.1:${ports.admin} }
signals:
  listen: 127.0.0.1:${ports.signals}
${signals}
issuers:
${issuers}
apis:
  orders:
    audience: ${audience}
    route: { path: /orders }
    upstream: ${upstream}
    accept: [${['provider', ...names].join(', ')}]
    rules: [{ scopes: [orders:read] }]
${more}
`;
}

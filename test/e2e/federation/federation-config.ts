import type { Ports } from '../free-ports.ts';

export const ordersAudience = 'https://orders.example';

/** Where everybody else is. */
export interface Surroundings {
  readonly upstream: string;
  /** The discovery document. */
  readonly acme: string;
  readonly legacy: string;
  readonly second: string;
}

/** What a reload changes; each in YAML's flow style. */
export interface Settings {
  /** Of the client that asks legacy. */
  readonly secret?: string;
  /** `decryption` of acme. */
  readonly decryption?: string;
  readonly consumers?: string;
  readonly exchange?: string;
  /** What the API `orders` accepts. */
  readonly accept?: string;
  readonly realm?: string;
}

export function federationConfig(ports: Ports, around: Surroundings, settings: Settings): string {
  const { secret = 'of the gate', decryption, consumers = '{}', exchange = '[]', realm = 'gatehouse' } = settings;
  const asked = (url: string, id: string, more = ''): string =>
    `introspection: { endpoint: ${url}/introspect, client: { id: gate, secret: '${id}' }${more} }`;
  return `
gateway: { listen: 127.0.0.1:${ports.gateway}, realm: ${realm} }
admin: { listen: 127.0.0.1:${ports.admin} }
provider: { listen: 127.0.0.1:${ports.provider}, issuer: http://127.0.0.1:${ports.provider}, exchange: ${exchange} }
issuers:
  acme:
    issuer: https://acme.example
    discovery: ${around.acme}
    ${decryption === undefined ? '' : `decryption: ${decryption}`}
  legacy: { ${asked(around.legacy, secret)}, opaque: { prefixes: [lg_], pattern: '^[0-9a-f]{40}$' } }
  second: { ${asked(around.second, 'of another')} }
  watched: { issuer: https://watched.example, ${asked(around.legacy, 'of the gate', ', tokens: all')} }
consumers: ${consumers}
apis:
${[
  api('orders', settings.accept ?? 'acme, legacy, second', around),
  api('patient', 'legacy', around, 'introspection: { grace: 5m }'),
  api('ordered', 'second, legacy', around, 'introspection: { ask: in-order }'),
  api('watched', 'watched', around),
  api('known', 'acme, legacy', around, `consumers: ${consumers === '{}' ? 'any' : 'known'}`),
  api('ours', 'provider', around, "audience: 'https://ours.example'").replace(`    audience: ${ordersAudience}\n`, ''),
].join('\n')}
clients:
  - { id: changer, secret: of the changer, grants: [token-exchange], scopes: [orders:read] }
`;
}

function api(name: string, accept: string, { upstream }: Surroundings, more = ''): string {
  return `  ${name}:
    audience: ${ordersAudience}
    route: { path: /${name} }
    upstream: ${upstream}
    accept: [${accept}]
    rules: [{ scopes: [orders:read] }]
    forward: { identity: headers }
    onStaleRevocations: serve # the tests turn the clock faster than the log is looked at
    ${more}`;
}

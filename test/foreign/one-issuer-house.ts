import type { Ports } from '../e2e/free-ports.ts';
import { type RunningGatehouse, runGatehouse } from '../e2e/running-gatehouse.ts';

export const audience = 'https://orders.example';

/** The program as an operator would set it up for one issuer; what takes minutes by default takes a second here. */
export const keyTimes = 'keys: { minRefresh: 1s, maxRefresh: 1s, coolDown: 1s }';

export interface Wanted {
  readonly upstream: string;
  /** The members of the issuer, in YAML's flow style. */
  readonly issuer: string;
  /** What an API accepts as audience. */
  readonly audience?: string;
  /** Further members of the API, a line each. */
  readonly api?: readonly string[];
}

/** One API that takes the tokens of one foreign issuer. */
export function oneIssuerHouse(wanted: Wanted): Promise<RunningGatehouse> {
  return runGatehouse((ports) => oneIssuerConfig(ports, wanted));
}

function oneIssuerConfig(ports: Ports, wanted: Wanted): string {
  const lines = [
    `gateway: { listen: 127.0.0.1:${ports.gateway} }`,
    `admin: { listen: 127.0.0.1:${ports.admin} }`,
    'issuers:',
    `  foreign: { ${wanted.issuer} }`,
    'apis:',
    '  orders:',
    `    audience: ${wanted.audience ?? audience}`,
    '    route: { path: /orders }',
    `    upstream: ${wanted.upstream}`,
    '    accept: [foreign]',
    '    forward: { identity: headers }',
    ...(wanted.api ?? ['rules: [{ scopes: [orders:read] }]']).map((line) => `    ${line}`),
  ];
  return lines.join('\n');
}

/** What the gateway said to a token. */
export interface Said {
  readonly status: number;
  /** Why it was refused, if so. */
  readonly code: string | undefined;
  /** What the upstream was told, if it was reached. */
  readonly told: Readonly<Record<string, string>>;
}

export async function show({ gateway }: Pick<RunningGatehouse, 'gateway'>, token: string): Promise<Said> {
  const response = await fetch(`${gateway}/orders`, { headers: { authorization: `Bearer ${token}` } });
  const { code, headers } = (await response.json()) as { code?: string; headers?: Record<string, string> };
  return { status: response.status, code, told: headers ?? {} };
}

/** Shows a token until something is said about it. @returns what was said, and after how many milliseconds */
export async function showUntil(
  house: Pick<RunningGatehouse, 'gateway'>,
  token: string,
  enough: (said: Said) => boolean,
  timeoutMs: number,
): Promise<{ readonly said: Said; readonly after: number }> {
  const start = Date.now();
  for (;;) {
    const said = await show(house, token);
    const after = Date.now() - start;
    if (enough(said) || after > timeoutMs) return { said, after };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

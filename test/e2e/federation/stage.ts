import { type Clock, systemClock } from '../../../src/base/clock.ts';
import { aJwt, aSigningKey } from '../../fixtures/a-jwt.ts';
import { aForeignIssuer, type ForeignIssuer } from '../a-foreign-issuer.ts';
import { anUpstream, type Upstream } from '../an-upstream.ts';
import { type AssembledGatehouse, assembleGatehouse } from '../assembled-gatehouse.ts';
import { type AskedIssuer, anAskedIssuer } from './an-asked-issuer.ts';
import { federationConfig, ordersAudience, type Settings } from './federation-config.ts';

/** The whole program between issuers of every kind, with a clock that is the test's to turn. */
export interface Stage {
  readonly house: AssembledGatehouse;
  readonly acme: ForeignIssuer;
  readonly legacy: AskedIssuer;
  readonly second: AskedIssuer;
  /** Moves the clock of the program, and of all tokens made from then on. */
  wait(milliseconds: number): void;
  /** Takes over another configuration. */
  reload(settings: Settings): Promise<void>;
  /** A good token of acme. */
  jwt(claims?: Claims): string;
  /** Lets an asked issuer know a token from now on. */
  issue(issuer: AskedIssuer, token: string, claims?: Claims): string;
  call(path: string, token: string): Promise<Said>;
  close(): Promise<void>;
}

type Claims = Readonly<Record<string, unknown>>;

export interface Said {
  readonly status: number;
  /** Why it was refused, if so. */
  readonly code: string | undefined;
  /** What the upstream was told, if it was reached. */
  readonly told: Readonly<Record<string, string>>;
  readonly headers: Headers;
}

export const acmeIssuer = 'https://acme.example';
const acmeKey = aSigningKey('ES256', 'acme');

export async function setStage(settings: Settings = {}): Promise<Stage> {
  let ahead = 0;
  const clock: Clock = () => systemClock() + ahead;
  const [acme, upstream, legacy, second] = await Promise.all([
    aForeignIssuer(acmeIssuer, [acmeKey]),
    anUpstream() as Promise<Upstream>,
    anAskedIssuer(),
    anAskedIssuer(),
  ]);
  const around = { upstream: upstream.url, acme: acme.discovery, legacy: legacy.url, second: second.url };
  const house = await assembleGatehouse((ports) => federationConfig(ports, around, settings), clock);
  const facts = (claims: Claims): Claims => {
    const iat = Math.floor(clock() / 1000) - 10;
    return {
      aud: ordersAudience,
      sub: 'mira',
      client_id: 'web',
      scope: 'orders:read',
      iat,
      exp: iat + 3600,
      ...claims,
    };
  };
  return {
    house,
    acme,
    legacy,
    second,
    wait(milliseconds) {
      ahead += milliseconds;
    },
    reload: (others) => house.reload((ports) => federationConfig(ports, around, others)),
    jwt: (claims = {}) => aJwt(acmeKey, facts({ iss: acmeIssuer, ...claims })),
    issue(issuer, token, claims = {}) {
      issuer.known.set(token, facts(claims));
      return token;
    },
    async call(path, token) {
      const response = await fetch(house.gateway + path, { headers: { authorization: `Bearer ${token}` } });
      const { code, headers = {} } = (await response.json()) as { code?: string; headers?: Record<string, string> };
      return { status: response.status, code, told: headers, headers: response.headers };
    },
    async close() {
      await house.remove();
      await Promise.all([acme, upstream, legacy, second].map((neighbour) => neighbour.close()));
    },
  };
}

import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { lastingClient } from './fleet-config.ts';
import { issuedAt, type Mint } from './mint.ts';
import type { TokenOnTrial } from './token-on-trial.ts';

/** One revocation, the tokens that it kills, and others that have much in common with them and live on. */
export interface Case {
  /** The body of `POST /revocations`. */
  readonly revocation: Readonly<Record<string, unknown>>;
  readonly victims: readonly TokenOnTrial[];
  readonly bystanders: readonly TokenOnTrial[];
}

const foreign: readonly ((mint: Mint) => Case)[] = [
  // One token by its value, and by its identifier.
  (mint) => byValue(mint.jwt(), mint.jwt()),
  (mint) => byValue(mint.opaque(), mint.opaque(), { issuer: 'legacy' }),
  (mint) => byIdentifier('acme', mint.jwt(), mint.jwt()),
  // All of a subject, of whichever client; those of another issuer are somebody else's.
  (mint) => {
    const sub = randomUUID();
    const victims = [mint.jwt({ sub }), mint.jwt({ sub, client_id: 'app' })];
    return { revocation: revocation('acme', 'subject', sub), victims, bystanders: [mint.opaque({ sub })] };
  },
  (mint) => {
    const sub = randomUUID();
    return {
      revocation: revocation('legacy', 'subject', sub),
      victims: [mint.opaque({ sub })],
      bystanders: [mint.jwt({ sub })],
    };
  },
  // Those of a subject that one client holds.
  (mint) => {
    const sub = randomUUID();
    const narrowed = { ...revocation('acme', 'subject', sub), client: 'app' };
    return { revocation: narrowed, victims: [mint.jwt({ sub, client_id: 'app' })], bystanders: [mint.jwt({ sub })] };
  },
  // Up to a second.
  (mint) => {
    const sub = randomUUID();
    const until = { ...revocation('acme', 'subject', sub), before: issuedAt };
    return { revocation: until, victims: [mint.jwt({ sub })], bystanders: [mint.jwt({ sub, iat: issuedAt + 1 })] };
  },
  (mint) => {
    const sid = randomUUID();
    const victims = [mint.jwt({ sid }), mint.jwt({ sid, client_id: 'app' })];
    return { revocation: revocation('acme', 'session', sid), victims, bystanders: [mint.opaque({ sid })] };
  },
  (mint) => {
    const client = randomUUID();
    const victims = [mint.jwt({ client_id: client }), mint.jwt({ client_id: client })];
    return {
      revocation: revocation('acme', 'client', client),
      victims,
      bystanders: [mint.opaque({ client_id: client })],
    };
  },
];

/** Makes revocations of all kinds, at random, of tokens of all kinds. */
export class CaseMaker {
  readonly #mint: Mint;
  readonly #clients: string[];
  readonly #bystanders: readonly TokenOnTrial[];

  private constructor(mint: Mint, clients: string[], bystanders: readonly TokenOnTrial[]) {
    this.#mint = mint;
    this.#clients = clients;
    this.#bystanders = bystanders;
  }

  /** @param clients of the provider that may be revoked; what is revoked is taken out */
  static async with(mint: Mint, clients: string[]): Promise<CaseMaker> {
    const bystanders = await Promise.all([mint.own('orders', lastingClient), mint.own('reports', lastingClient)]);
    return new CaseMaker(mint, clients, bystanders);
  }

  async next(): Promise<Case> {
    const choice = Math.floor(Math.random() * (foreign.length + 4));
    return foreign[choice]?.(this.#mint) ?? (await this.#own(choice - foreign.length));
  }

  async #own(choice: number): Promise<Case> {
    const [opaque, jwt] = this.#bystanders as [TokenOnTrial, TokenOnTrial];
    const client = choice === 3 ? this.#clients.pop() : undefined;
    if (client !== undefined) return this.#allOf(client, [opaque, jwt]);
    const victim = await this.#mint.own(choice === 0 ? 'orders' : 'reports', lastingClient);
    return choice === 2 ? byIdentifier('provider', victim, jwt) : byValue(victim, opaque);
  }

  async #allOf(client: string, bystanders: readonly TokenOnTrial[]): Promise<Case> {
    const victims = await Promise.all([this.#mint.own('orders', client), this.#mint.own('reports', client)]);
    return { revocation: revocation('provider', 'client', client), victims, bystanders };
  }
}

function revocation(issuer: string, kind: string, value: string): Case['revocation'] {
  return { issuer, kind, value };
}

function byValue(victim: TokenOnTrial, bystander: TokenOnTrial, more: object = {}): Case {
  return { revocation: { kind: 'token', token: victim.text, ...more }, victims: [victim], bystanders: [bystander] };
}

function byIdentifier(issuer: string, victim: TokenOnTrial, bystander: TokenOnTrial): Case {
  const { jti = '' } = decodeJwt(victim.text);
  return { revocation: revocation(issuer, 'jti', jti), victims: [victim], bystanders: [bystander] };
}

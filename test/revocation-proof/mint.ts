import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/base/clock.ts';
import { aJwt, type SigningKey } from '../fixtures/a-jwt.ts';
import { clientSecret, ordersAudience, reportsAudience } from './fleet-config.ts';
import { legacyToken } from './neighbours.ts';
import { onTrial, type TokenOnTrial } from './token-on-trial.ts';

/** In seconds since 1970, for tokens of others: long enough ago that no clock of the fleet thinks it is ahead. */
export const issuedAt = Math.floor(systemClock() / 1000) - 300;

type Facts = Readonly<Record<string, unknown>>;

/** Makes tokens of all kinds: JWT and opaque, ours and of others. */
export class Mint {
  readonly #key: SigningKey;
  readonly #provider: string;

  constructor(key: SigningKey, provider: string) {
    this.#key = key;
    this.#provider = provider;
  }

  /** A JWT of the issuer `acme`. */
  jwt(facts: Facts = {}): TokenOnTrial {
    const claims = { iss: 'https://acme.example', jti: randomUUID(), ...foreignFacts(), ...facts };
    return onTrial(aJwt(this.#key, claims), '/orders');
  }

  /** An opaque token of the issuer `legacy`. */
  opaque(facts: Facts = {}): TokenOnTrial {
    return onTrial(legacyToken({ id: randomUUID(), ...foreignFacts(), ...facts }), '/orders');
  }

  /** A token of our provider: opaque for `orders`, a JWT for `reports`. */
  async own(api: 'orders' | 'reports', client: string): Promise<TokenOnTrial> {
    const resource = api === 'orders' ? ordersAudience : reportsAudience;
    return onTrial(await accessToken(this.#provider, client, clientSecret, { resource, scope: 'use' }), `/${api}`);
  }
}

function foreignFacts(): Facts {
  const person = { sub: randomUUID(), client_id: 'web', sid: randomUUID() };
  return { ...person, aud: ordersAudience, scope: 'use', iat: issuedAt, exp: issuedAt + 7200 };
}

/** What the provider issues to a client for itself. */
export async function accessToken(
  provider: string,
  client: string,
  secret: string,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await fetch(`${provider}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client}:${encodeURIComponent(secret)}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (body.access_token === undefined) throw new Error(`The provider says ${JSON.stringify(body)}.`);
  return body.access_token;
}

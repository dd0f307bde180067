import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto';

export const issuer = 'http://127.0.0.1:19000';
export const audience = 'https://orders.example';

export type BenchAlgorithm = 'RS256' | 'ES256';

export interface TokenWish {
  /** Negative for one that has expired. Default: an hour. */
  readonly livesSeconds?: number;
  readonly iss?: string;
  readonly aud?: string;
}

/** A key of the issuer, and tokens by it. */
export class TokenMint {
  readonly algorithm: BenchAlgorithm;
  readonly #publicKey: KeyObject;
  readonly #privateKey: KeyObject;

  constructor(algorithm: BenchAlgorithm) {
    const pair =
      algorithm === 'RS256'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.algorithm = algorithm;
    this.#publicKey = pair.publicKey;
    this.#privateKey = pair.privateKey;
  }

  /** RFC 7517. */
  get jwk(): object {
    return { ...this.#publicKey.export({ format: 'jwk' }), kid: this.algorithm, alg: this.algorithm, use: 'sig' };
  }

  get pem(): string {
    return this.#publicKey.export({ format: 'pem', type: 'spki' }).toString();
  }

  /** About 800 bytes with RS256. */
  mint({ livesSeconds = 3600, iss = issuer, aud = audience }: TokenWish = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      ...{ iss, aud, sub: randomUUID(), client_id: 'reporting', jti: randomUUID() },
      ...{
        iat: now - 3600,
        exp: now + livesSeconds,
        scope: 'orders:read orders:write profile',
        org: 'acme-industries',
      },
    };
    const signed = `${encode({ alg: this.algorithm, typ: 'at+jwt', kid: this.algorithm })}.${encode(claims)}`;
    const key = { key: this.#privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
  }
}

/** The same token with another signature. */
export function tamper(token: string): string {
  const place = token.lastIndexOf('.') + 20;
  return token.slice(0, place) + (token[place] === 'A' ? 'B' : 'A') + token.slice(place + 1);
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** The same token with a signature at random, which has to be looked at. */
export function forge(token: string): string {
  const signed = token.slice(0, token.lastIndexOf('.'));
  // The first octet keeps it below the modulus of any key of that size.
  return `${signed}.${Buffer.concat([Buffer.of(0), randomBytes(255)]).toString('base64url')}`;
}

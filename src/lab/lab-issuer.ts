import { randomBytes } from 'node:crypto';
import type { Clock } from '../base/clock.ts';
import type { IssuerShape } from './issuer-shape.ts';
import { type LabAlgorithm, LabKeys } from './lab-keys.ts';

/** What a token of the lab is to say. Whoever asks gets it: the lab is a toy. */
export interface LabTokenRequest {
  /** Default `mira`. */
  readonly subject?: string | undefined;
  /** Default `lab-client`. */
  readonly client?: string | undefined;
  readonly scopes?: readonly string[] | undefined;
  readonly audiences?: readonly string[] | undefined;
  /** Seconds. Default 600. */
  readonly lifetimeSeconds?: number | undefined;
  readonly algorithm?: LabAlgorithm | undefined;
  /** Put over the claims that the issuer's shape makes. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
}

/** How an issuer of the lab can go wrong, for tests. */
export type LabFault = 'down' | 'slow' | 'error' | 'html' | 'wrong_issuer' | 'no_keys' | 'bad_key';

/** One issuer in miniature. */
export class LabIssuer {
  readonly name: string;
  readonly shape: IssuerShape;
  readonly identifier: string;
  readonly jwksUri: string;
  /** How often each document was asked for. */
  readonly requests = { discovery: 0, jwks: 0 };
  /** What is wrong with its documents at the moment. */
  fault: LabFault | undefined;

  readonly #origin: string;
  readonly #clock: Clock;
  readonly #keys: LabKeys;

  constructor(name: string, shape: IssuerShape, origin: string, clock: Clock) {
    this.name = name;
    this.shape = shape;
    this.identifier = origin + shape.path;
    this.jwksUri = this.below(shape.jwksPath);
    this.#origin = origin;
    this.#clock = clock;
    this.#keys = new LabKeys(shape.algorithm);
  }

  /** A URL below the issuer, whether or not its identifier ends in a slash. */
  below(path: string): string {
    return this.identifier.replace(/\/$/, '') + path;
  }

  mint(request: LabTokenRequest = {}): Promise<string> {
    const issuedAt = Math.floor(this.#clock() / 1000);
    const wish = {
      issuer: this.#origin + (this.shape.accessTokenPath ?? this.shape.path),
      subject: request.subject ?? 'mira',
      client: request.client ?? 'lab-client',
      scopes: request.scopes ?? [],
      audiences: request.audiences ?? [],
      issuedAt,
      expiresAt: issuedAt + (request.lifetimeSeconds ?? 600),
      tokenId: randomBytes(16).toString('base64url'),
    };
    return this.#keys.sign(request.algorithm, (kid) => {
      const { header, claims } = this.shape.token(wish, kid);
      return { header, claims: { ...claims, ...request.claims } };
    });
  }

  /** From now on another key signs. @returns its `kid` */
  rotate(options: { readonly drop: boolean } = { drop: false }): Promise<string> {
    return this.#keys.rotate(options);
  }

  discoveryDocument(): object {
    const issuer = this.fault === 'wrong_issuer' ? `${this.identifier}/other` : this.identifier;
    const { accessTokenPath, document } = this.shape;
    return {
      issuer,
      jwks_uri: this.jwksUri,
      token_endpoint: this.below('/token'),
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      id_token_signing_alg_values_supported: [this.shape.algorithm],
      ...(accessTokenPath === undefined ? {} : { access_token_issuer: this.#origin + accessTokenPath }),
      ...document,
    };
  }

  async keySet(): Promise<object> {
    if (this.fault === 'no_keys') return { keys: [] };
    const { keys } = await this.#keys.published();
    return { keys: this.fault === 'bad_key' ? [{ kty: 'EC', kid: 'bad', crv: 'P-256', x: 'AA' }, ...keys] : keys };
  }
}

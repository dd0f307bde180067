import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import type { Clock } from '../base/clock.ts';
import { encryptToken } from './encrypt-token.ts';
import { IssuedTokens } from './issued-tokens.ts';
import type { IssuerShape, TokenWish } from './issuer-shape.ts';
import { type LabAlgorithm, LabKeys } from './lab-keys.ts';
import { type LabSignal, shapeSignal } from './lab-signal.ts';
import { LabStatusList } from './lab-status-list.ts';

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
  /** Default: what the provider would issue. */
  readonly format?: 'jwt' | 'opaque' | undefined;
  /** Whether the JWT names a place in the issuer's status list. Default false. */
  readonly status?: boolean | undefined;
  /** A public key: the JWT is encrypted to it. */
  readonly encryptTo?: JWK | undefined;
}

/** How an issuer of the lab can go wrong. */
export const labFaults = ['down', 'slow', 'error', 'html', 'wrong_issuer', 'no_keys', 'bad_key'] as const;

export type LabFault = (typeof labFaults)[number];

/** One issuer in miniature. */
export class LabIssuer {
  readonly name: string;
  readonly shape: IssuerShape;
  readonly identifier: string;
  readonly jwksUri: string;
  /** How often each document, the introspection endpoint, and the status list was asked for. */
  readonly requests = { discovery: 0, jwks: 0, introspection: 0, statusList: 0 };
  readonly statusList: LabStatusList;
  /** What is wrong with it at the moment. */
  fault: LabFault | undefined;

  readonly #origin: string;
  readonly #clock: Clock;
  readonly #keys: LabKeys;
  readonly #issued = new IssuedTokens();

  constructor(name: string, shape: IssuerShape, origin: string, clock: Clock) {
    this.name = name;
    this.shape = shape;
    this.identifier = origin + shape.path;
    this.#origin = origin;
    this.jwksUri = this.endpoint('jwks');
    this.statusList = new LabStatusList(this.below('/status-lists/1'));
    this.#clock = clock;
    this.#keys = new LabKeys(shape.algorithm);
  }

  /** A URL below the issuer, whether or not its identifier ends in a slash. */
  below(path: string): string {
    return this.identifier.replace(/\/$/, '') + path;
  }

  /** Where the provider has this endpoint. */
  endpoint(name: keyof IssuerShape['endpoints']): string {
    return this.#root() + this.shape.endpoints[name];
  }

  async mint(request: LabTokenRequest = {}): Promise<string> {
    const wish = this.#wish(request);
    const isOpaque = request.format === undefined ? this.shape.isOpaque?.(wish) : request.format === 'opaque';
    const signed = isOpaque === true ? this.#opaqueToken() : await this.#sign(wish, request);
    const { encryptTo } = request;
    const token = encryptTo === undefined || isOpaque === true ? signed : await encryptToken(signed, encryptTo);
    this.#issued.remember(token, wish);
    return token;
  }

  /** @returns what is said of a token that is active; undefined for every other */
  introspect(token: string): Readonly<Record<string, unknown>> | undefined {
    const now = Math.floor(this.#clock() / 1000);
    const wish = this.#issued.active(token, now);
    if (wish === undefined) return undefined;
    const { claims } = this.shape.token(wish, '');
    return this.shape.introspect?.(wish, now) ?? { token_type: 'Bearer', client_id: wish.client, ...claims };
  }

  revoke(token: string): void {
    this.#issued.revoke(token);
  }

  /** What its events call a person. */
  personOf(subject = 'mira'): string {
    return this.shape.person?.(subject) ?? subject;
  }

  /** Signed by the same keys as its tokens. */
  signal(signal: LabSignal): Promise<string> {
    const nowSeconds = Math.floor(this.#clock() / 1000);
    const person = this.personOf(signal.subject);
    const { typ, claims } = shapeSignal(signal, { issuer: this.identifier, nowSeconds, person });
    return this.#keys.sign(undefined, (kid) => ({ header: { typ, kid }, claims }));
  }

  /** From now on another key signs. @returns its `kid` */
  rotate(options: { readonly drop: boolean } = { drop: false }): Promise<string> {
    return this.#keys.rotate(options);
  }

  /** @param issuer the issuer that it names; of several tenants, a template */
  discoveryDocument(issuer: string): object {
    const { accessTokenPath, document } = this.shape;
    return {
      issuer: this.fault === 'wrong_issuer' ? `${issuer}/other` : issuer,
      jwks_uri: this.jwksUri,
      token_endpoint: this.endpoint('token'),
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      id_token_signing_alg_values_supported: [this.shape.algorithm],
      ...(accessTokenPath === undefined ? {} : { access_token_issuer: this.#origin + accessTokenPath }),
      ...document?.(this.#root()),
    };
  }

  async keySet(): Promise<object> {
    if (this.fault === 'no_keys') return { keys: [] };
    const published = await this.#keys.published();
    const keys = this.shape.keySet?.(published, this.#root()) ?? published;
    return { keys: this.fault === 'bad_key' ? [{ kty: 'EC', kid: 'bad', crv: 'P-256', x: 'AA' }, ...keys] : keys };
  }

  async statusListToken(): Promise<string> {
    const claims = await this.statusList.claims(Math.floor(this.#clock() / 1000));
    return this.#keys.sign(undefined, (kid) => ({ header: { typ: 'statuslist+jwt', kid }, claims }));
  }

  #root(): string {
    return this.#origin + (this.shape.root ?? this.shape.path.replace(/\/$/, ''));
  }

  #opaqueToken(): string {
    const random = randomBytes(32).toString('base64url');
    return this.shape.opaqueToken?.(random) ?? random;
  }

  #sign(wish: TokenWish, { algorithm, status, claims: more }: LabTokenRequest): Promise<string> {
    const reference = status === true ? { status: this.statusList.refer() } : {};
    return this.#keys.sign(algorithm, (kid) => {
      const { header, claims } = this.shape.token(wish, kid);
      return { header, claims: { ...claims, ...reference, ...more } };
    });
  }

  #wish(request: LabTokenRequest): TokenWish {
    const issuedAt = Math.floor(this.#clock() / 1000);
    return {
      issuer: this.#origin + (this.shape.accessTokenPath ?? this.shape.path),
      identifier: this.identifier,
      subject: request.subject ?? 'mira',
      client: request.client ?? 'lab-client',
      scopes: request.scopes ?? [],
      audiences: request.audiences ?? [],
      issuedAt,
      expiresAt: issuedAt + (request.lifetimeSeconds ?? 600),
      tokenId: randomBytes(16).toString('base64url'),
    };
  }
}

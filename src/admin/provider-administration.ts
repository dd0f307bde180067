import type { EpochMs } from '../base/clock.ts';
import type { ClientOptions, IssuedToken, RegisteredClient, TokenQuery, TokenSelection } from '../provider/index.ts';

/**
 * Why a client is not changed. `taken`: there is one of this id. `unknown`: there is none. `configured`: it stands in
 * the configuration, where alone it can be changed. `secretless`: it does not authenticate with a secret.
 */
export type ClientRefusal = 'taken' | 'unknown' | 'configured' | 'secretless';

/** What the admin API needs of the provider's clients. A method throws OptionsInvalid where the options are not sound. */
export interface ClientAdministration {
  /** Of the configuration and registered here alike, by id, ascending. */
  list(): Promise<readonly RegisteredClient[]>;
  find(id: string): Promise<RegisteredClient | undefined>;
  isConfigured(id: string): boolean;
  register(options: ClientOptions): Promise<RegisteredClient | ClientRefusal>;
  /** Replaces everything but how the client authenticates. */
  replace(options: Omit<ClientOptions, 'secret' | 'jwks'>): Promise<RegisteredClient | ClientRefusal>;
  /** From here on only the new secret is good. */
  replaceSecret(id: string, secret: string): Promise<RegisteredClient | ClientRefusal>;
  /** All tokens of the client die with it. */
  remove(id: string, actor: string): Promise<RegisteredClient | ClientRefusal>;
}

/** What the admin API needs of the provider's access tokens. */
export interface TokenAdministration {
  /** Tokens that are accepted at the time asked for: neither expired nor revoked. Newest first. */
  list(query: TokenQuery): Promise<readonly IssuedToken[]>;
  /** Lets the selected tokens expire earlier, never later; returns how many were changed. */
  shorten(selection: TokenSelection, expiresAt: EpochMs, actor: string): Promise<number>;
  /** Revokes the selected tokens that live; returns how many. */
  revoke(selection: TokenSelection, actor: string, reason: string | undefined): Promise<number>;
}

/** A signing key of ours as an operator may see it. */
export interface SigningKeyFacts {
  readonly kid: string;
  readonly algorithm: string;
  /** `next`: published, so that others know it before it signs. `retired`: published until its last token is dead. */
  readonly state: 'next' | 'signing' | 'retired';
  readonly createdAt: EpochMs;
  readonly signsFrom: EpochMs | undefined;
  readonly publishedUntil: EpochMs | undefined;
}

export interface KeyAdministration {
  list(): readonly SigningKeyFacts[];
  /** Lets the next key sign and makes another one; no token that was issued before becomes bad by it. */
  rotate(): Promise<readonly SigningKeyFacts[]>;
}

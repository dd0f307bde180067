import type { EpochMs } from '../base/clock.ts';
import type {
  ClientAuthentication,
  ClientOptions,
  IssuedToken,
  RegisteredClient,
  TokenQuery,
  TokenSelection,
} from '../provider/index.ts';

/** A client to be registered; its secret, if it is to have one, is made by the provider. */
export interface NewClient extends Omit<ClientOptions, 'secret'> {
  readonly authentication: ClientAuthentication;
}

export interface ClientWithSecret {
  readonly client: RegisteredClient;
  /** Shown now and never again; undefined for a client that has none. */
  readonly secret: string | undefined;
}

/** What the admin API needs of the provider's clients. */
export interface ClientAdministration {
  /** Of the configuration and registered here alike. */
  list(): Promise<readonly RegisteredClient[]>;
  find(id: string): Promise<RegisteredClient | undefined>;
  /** Whether the client stands in the configuration, and can only be changed there. */
  isConfigured(id: string): boolean;
  /**
   * @returns undefined where the id is taken
   * @throws OptionsInvalid naming everything that is wrong with the client
   */
  register(client: NewClient): Promise<ClientWithSecret | undefined>;
  /**
   * Replaces everything but how the client authenticates. Undefined where there is no such registered client.
   *
   * @throws OptionsInvalid naming everything that is wrong with the settings
   */
  replace(settings: Omit<ClientOptions, 'secret' | 'jwks'>): Promise<RegisteredClient | undefined>;
  /** From here on only the new secret is good. Undefined where there is no such registered client with a secret. */
  renewSecret(id: string): Promise<ClientWithSecret | undefined>;
  /** With all its tokens. False where there is no such registered client. */
  remove(id: string, actor: string): Promise<boolean>;
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

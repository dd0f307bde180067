import type { AuthorizationServer } from 'oauth4webapi';
import type { Clock } from '../../base/clock.ts';
import type { HttpClient } from '../../net/index.ts';
import { unavailable } from './outbound-fetch.ts';
import { readMetadata } from './read-metadata.ts';
import type { SignInIssuer } from './sign-in-issuer.ts';

/** Milliseconds for which a document counts; issuers change theirs about once in years. */
const freshFor = 10 * 60_000;

/** Milliseconds for which an old document still counts where a new one cannot be had. */
const usableFor = 24 * 60 * 60_000;

/** The metadata of an issuer, fetched when first needed: an issuer that is down keeps nobody from starting. */
export class MetadataSource {
  readonly #issuer: SignInIssuer;
  readonly #http: HttpClient;
  readonly #clock: Clock;
  #known: { readonly server: AuthorizationServer; readonly at: number } | undefined;
  #underWay: Promise<AuthorizationServer> | undefined;

  constructor(issuer: SignInIssuer, http: HttpClient, clock: Clock) {
    this.#issuer = issuer;
    this.#http = http;
    this.#clock = clock;
  }

  /**
   * The same object while it counts: the library keeps the key set by it. Many who ask at once cause one request.
   *
   * @throws FederationFailure
   */
  current(): Promise<AuthorizationServer> {
    if (this.#known !== undefined && this.#age < freshFor) return Promise.resolve(this.#known.server);
    this.#underWay ??= this.#renew().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  get #age(): number {
    return this.#clock() - (this.#known?.at ?? 0);
  }

  async #renew(): Promise<AuthorizationServer> {
    try {
      const server = await this.#fetch();
      this.#known = { server, at: this.#clock() };
      return server;
    } catch (error) {
      if (this.#known !== undefined && this.#age < usableFor) return this.#known.server;
      throw error;
    }
  }

  async #fetch(): Promise<AuthorizationServer> {
    const document = await this.#http.getJson({ url: this.#issuer.discovery });
    if (!document.ok) throw unavailable(document.failure);
    return readMetadata(document.value.value, this.#issuer.identifier);
  }
}

import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import type { EpochMs } from '../base/clock.ts';
import type { Claims } from '../protocol/claims.ts';
import { furthestLeewaySeconds } from '../protocol/furthest-leeway.ts';
import { federationOffered } from './channels.ts';
import { checkOptions } from './check-options.ts';
import type { Clients } from './clients.ts';
import { createHandler, type Handler, type Serving } from './create-handler.ts';
import { createServices, type ProviderDependencies } from './create-services.ts';
import { createEngine } from './engine/create-engine.ts';
import { type EndedSignIns, endSignIns } from './federation/end-sign-ins.ts';
import { createIssuedTokens, type IssuedTokens } from './issued-tokens.ts';
import { OptionsInvalid } from './option-fault.ts';
import type { ProviderOptions } from './provider-options.ts';
import { repeatedly } from './repeatedly.ts';
import type { Services } from './services.ts';
import { type KeyRotation, SigningKeys } from './signing-keys.ts';
import { PlaceGiver } from './status/place-giver.ts';
import { listSize } from './status/place-order.ts';
import { StatusBoard } from './status/status-board.ts';

/** Milliseconds between two looks at what other processes may have changed. */
const pollInterval = 1_000;

/** Milliseconds for which a token stays on record beyond its end, since gateways grant some leeway. */
const grace = furthestLeewaySeconds * 1_000;

/** Milliseconds for which a full list stays although no token stands in it: one may be on its way onto the record. */
const listGrace = 24 * 60 * 60_000;

/** The authorization server. It opens no port: its handler is given to a node:http server. */
export interface Provider {
  readonly issuer: string;
  /** Serves from `start` on. */
  readonly handler: Handler;
  /** The published keys, as a JWK Set (RFC 7517 section 5). */
  jwks(): { readonly keys: readonly JWK[] };
  readonly signer: Signer;
  /** As the options of this moment have them. */
  readonly clients: Clients;
  readonly tokens: IssuedTokens;
  /** Seconds that anything lives from which tokens are made: how long a cut-off must be kept. */
  readonly longestLifetime: number;
  /** Loads the keys, made and stored at the first start. Resolves when requests can be served. */
  start(): Promise<void>;
  /** Ends what goes on in the background; requests may still be served. */
  stop(): Promise<void>;
  /**
   * Takes other options from the next request on; the issuer stays.
   *
   * @throws OptionsInvalid with every fault; the old options stay then
   */
  reload(options: ProviderOptions): void;
  /** Ends sign-ins that came from those of a federated issuer, with all tokens that hang on them; returns how many. */
  endSignIns(ended: EndedSignIns): Promise<number>;
  rotateKeys(): Promise<KeyRotation>;
  /** Takes over at once what another process has changed about the keys; otherwise that takes a second. */
  refreshKeys(): Promise<void>;
  /** Drops what has ended; returns how many rows. */
  purge(now: EpochMs): Promise<number>;
}

/** Signs in our name, synchronously. */
export interface Signer {
  readonly issuer: string;
  /** @param typ the header's `typ`, such as `JWT` */
  sign(claims: Claims, typ: string): string;
}

/** @throws OptionsInvalid with every fault */
export function createProvider(options: ProviderOptions, dependencies: ProviderDependencies): Provider {
  return new RunningProvider(checked(options), dependencies);
}

class RunningProvider implements Provider {
  readonly issuer: string;
  readonly handler: Handler;
  readonly signer: Signer;
  readonly #dependencies: ProviderDependencies;
  readonly #keys: SigningKeys;
  readonly #places: PlaceGiver;
  readonly #board: StatusBoard;
  #options: ProviderOptions;
  #cookieSecret = '';
  #serving: Serving | undefined;
  #keysServed = '';
  #rest: (() => Promise<void>) | undefined;

  constructor(options: ProviderOptions, dependencies: ProviderDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
    this.#keys = new SigningKeys(dependencies.signingKeys, dependencies.clock);
    this.issuer = options.issuer;
    const { clock, revocations, revocationLog: log, statusRegistry: registry } = dependencies;
    this.#places = new PlaceGiver(registry, clock);
    this.#board = new StatusBoard({ issuer: options.issuer, clock, registry, revocations, log });
    this.handler = createHandler(options.issuer, () => this.#current);
    this.signer = Object.freeze({
      issuer: options.issuer,
      sign: (claims: Claims, typ: string) => this.#keys.sign(claims, typ),
    });
  }

  get clients(): Clients {
    return this.#services.clients;
  }

  get tokens(): IssuedTokens {
    return createIssuedTokens(this.#services);
  }

  get longestLifetime(): number {
    return this.#services.longestLifetime;
  }

  jwks(): { readonly keys: readonly JWK[] } {
    return this.#keys.jwks;
  }

  async start(): Promise<void> {
    const { secrets } = this.#dependencies;
    this.#cookieSecret = await secrets.readOrCreate('provider-cookies', randomBytes(32).toString('base64url'));
    await this.#keys.load(this.#options.signingAlgorithm ?? 'ES256');
    this.reload(this.#options);
    this.#rest = repeatedly(pollInterval, () => this.refreshKeys());
  }

  async stop(): Promise<void> {
    this.#board.stop();
    await this.#rest?.();
  }

  reload(options: ProviderOptions): void {
    if (options.issuer !== this.issuer) throw new TypeError('The issuer identifier cannot change while it is running.');
    this.#options = checked(options);
    const lasting = {
      keys: this.#keys,
      cookieSecret: this.#cookieSecret,
      places: this.#places,
      board: this.#board,
    };
    const services = createServices(options, this.#dependencies, lasting);
    this.#serve(services);
    for (const { name, redirectUri } of services.federation.issuers) {
      federationOffered.announce({ issuer: name, redirectUri });
    }
  }

  endSignIns(ended: EndedSignIns): Promise<number> {
    return endSignIns(this.#services, ended);
  }

  async rotateKeys(): Promise<KeyRotation> {
    const rotation = await this.#keys.rotate(this.#options.signingAlgorithm ?? 'ES256', {
      longestLifetime: this.longestLifetime * 1000,
      lastExpiry: () => this.#dependencies.tokenRegistry.latestJwtExpiry(),
    });
    this.#serveKeys();
    return rotation;
  }

  async refreshKeys(): Promise<void> {
    await this.#keys.refresh();
    this.#serveKeys();
  }

  async purge(now: EpochMs): Promise<number> {
    const { artifacts, sessionOrigins, statusRegistry, tokenRegistry } = this.#dependencies;
    const dropped = await Promise.all([
      artifacts.purge(now),
      sessionOrigins.purge(now),
      tokenRegistry.purge(now - grace),
      this.#keys.purge(),
      statusRegistry.purge(listSize, now - listGrace),
    ]);
    await this.#board.purge(now);
    return dropped.reduce((sum, rows) => sum + rows, 0);
  }

  get #current(): Serving {
    if (this.#serving === undefined) throw new TypeError('The provider has not been started.');
    return this.#serving;
  }

  get #services(): Services {
    return this.#current.services;
  }

  /** Time alone may have made another key the current one. */
  #serveKeys(): void {
    if (this.#keysServed !== this.#keysNow()) this.#serve(this.#services);
  }

  #serve(services: Services): void {
    this.#keysServed = this.#keysNow();
    this.#serving = { services, engine: createEngine(services, this.#keys.published, this.#keys.current) };
  }

  #keysNow(): string {
    return this.#keys.published.map(({ id }) => id).join(' ');
  }
}

function checked(options: ProviderOptions): ProviderOptions {
  const faults = checkOptions(options);
  if (faults.length > 0) throw new OptionsInvalid(faults);
  return options;
}

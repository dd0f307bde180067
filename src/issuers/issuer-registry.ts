import type { Clock } from '../base/clock.ts';
import type { HttpClient } from '../net/index.ts';
import { createIssuer } from './create-issuer.ts';
import { expandTenants, type TenantOptions } from './expand-tenants.ts';
import type { Issuer } from './issuer.ts';
import type { IssuerOptions } from './issuer-options.ts';
import { keyRetriever } from './key-retriever.ts';
import type { KeySourceHealth } from './key-source.ts';
import type { KeySpec } from './key-spec.ts';
import { planIssuer } from './plan-issuer.ts';
import type { PresetName } from './preset.ts';
import { RemoteKeySource } from './remote-key-source.ts';
import { unusedKeySource } from './unused-key-source.ts';

export interface IssuerDependencies {
  readonly http: HttpClient;
  readonly clock: Clock;
}

/** What the operator sees of an issuer. */
export interface IssuerHealth {
  readonly name: string;
  readonly identifier: string;
  readonly preset: PresetName;
  /** The `iss` values of its tokens. */
  readonly acceptedIssuers: readonly string[];
  /** Why no JWT of it can be verified here, if so. */
  readonly refusal: string | undefined;
  readonly keys: KeySourceHealth;
}

interface Entry {
  readonly issuer: Issuer;
  readonly preset: PresetName;
}

/** The foreign issuers of a configuration. */
export class IssuerRegistry {
  readonly #dependencies: IssuerDependencies;
  /** By all that an entry was made of, so that the next registry finds what has not changed. */
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #sources = new Map<string, RemoteKeySource>();
  #previous: IssuerRegistry | undefined;

  /**
   * @param options by the issuer's name
   * @param previous the registry of the configuration before: issuers and keys wanted unchanged are taken over
   * @throws IssuerOptionsInvalid
   */
  constructor(
    options: Readonly<Record<string, IssuerOptions>>,
    dependencies: IssuerDependencies,
    previous?: IssuerRegistry,
  ) {
    this.#dependencies = dependencies;
    this.#previous = previous !== undefined && previous.#dependencies.http === dependencies.http ? previous : undefined;
    const wanted = Object.entries(options).flatMap(([name, one]) =>
      expandTenants(name, one).map((tenant) => [JSON.stringify([name, tenant]), name, tenant] as const),
    );
    this.#entries = new Map(wanted.map(([identity, name, tenant]) => [identity, this.#entry(identity, name, tenant)]));
  }

  /** The issuers of that name: several where several tenants of Entra ID are allowed. */
  named(name: string): readonly Issuer[] {
    return this.all.filter((issuer) => issuer.name === name);
  }

  get all(): readonly Issuer[] {
    return [...this.#entries.values()].map(({ issuer }) => issuer);
  }

  /** Begins to fetch keys, and ends it for those that only the previous registry wanted. Never waits. */
  start(): void {
    const previous = this.#previous;
    if (previous !== undefined) previous.#letGo(this.#sources);
    this.#previous = undefined;
    for (const source of this.#sources.values()) source.start();
  }

  stop(): void {
    this.#letGo(new Map());
  }

  health(): readonly IssuerHealth[] {
    return [...this.#entries.values()].map(({ issuer, preset }) => ({
      name: issuer.name,
      identifier: issuer.identifier,
      preset,
      acceptedIssuers: issuer.expectation.issuers,
      refusal: issuer.refusal === undefined ? undefined : String(issuer.refusal.facts['reason']),
      keys: issuer.keys.health(),
    }));
  }

  /** What another registry keeps is not this one's to stop any more. */
  #letGo(kept: ReadonlyMap<string, RemoteKeySource>): void {
    for (const [identity, source] of this.#sources) if (kept.get(identity) !== source) source.stop();
    this.#sources.clear();
  }

  #entry(identity: string, name: string, tenant: TenantOptions): Entry {
    const plan = planIssuer(name, tenant);
    const keys = plan.refusal === undefined ? this.#source(plan.keys) : unusedKeySource;
    const previous = this.#previous;
    const known = previous === undefined ? undefined : previous.#entries.get(identity);
    return known?.issuer.keys === keys ? known : { issuer: createIssuer(plan, keys), preset: plan.preset.name };
  }

  #source(spec: KeySpec): RemoteKeySource {
    const { http, clock } = this.#dependencies;
    const identity = JSON.stringify(spec);
    const previous = this.#previous;
    const known = previous === undefined ? undefined : previous.#sources.get(identity);
    const source = known ?? new RemoteKeySource(spec, keyRetriever(http, clock, spec), clock);
    this.#sources.set(identity, source);
    return source;
  }
}

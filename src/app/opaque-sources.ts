import type { OpaqueSource } from '../access/index.ts';
import { sha256Hex } from '../base/sha256.ts';
import { type IssuerConfig, introspectionOptions } from '../config/index.ts';
import type { Issuer, IssuerDependencies, IssuerRegistry } from '../issuers/index.ts';
import { createIntrospectionVerifier, type IntrospectionHealth, type IntrospectionVerifier } from '../opaque/index.ts';

interface Entry {
  readonly config: IssuerConfig;
  readonly source: OpaqueSource;
  readonly verifier: IntrospectionVerifier;
}

/** The issuers of a configuration that are asked about their tokens. */
export class OpaqueSources {
  /** By all that an entry was made of, so that the next configuration finds what has not changed. */
  readonly #entries: ReadonlyMap<string, Entry>;

  /** @param previous answers and the state of the line are kept of issuers that did not change */
  constructor(
    configs: readonly IssuerConfig[],
    registry: IssuerRegistry,
    dependencies: IssuerDependencies,
    previous?: OpaqueSources,
  ) {
    const known = previous === undefined ? new Map<string, Entry>() : previous.#entries;
    const entries = configs.flatMap((config) => {
      const [issuer] = config.introspection === undefined ? [] : registry.named(config.name);
      if (issuer === undefined) return [];
      const identity = identityOf(config);
      const same = known.get(identity);
      return [[identity, same?.source.issuer === issuer ? same : makeEntry(config, issuer, dependencies)] as const];
    });
    this.#entries = new Map(entries);
  }

  named(name: string): OpaqueSource | undefined {
    return this.#find(name)?.source;
  }

  /** Whether the issuer is asked about its JWTs, too. */
  isAskedAboutJwts(name: string): boolean {
    return this.#find(name)?.config.introspection?.tokens === 'all';
  }

  health(): readonly IntrospectionHealth[] {
    return [...this.#entries.values()].map(({ verifier }) => verifier.health());
  }

  #find(name: string): Entry | undefined {
    return [...this.#entries.values()].find(({ config }) => config.name === name);
  }
}

function makeEntry(config: IssuerConfig, issuer: Issuer, { http, clock }: IssuerDependencies): Entry {
  const options = introspectionOptions(config, issuer);
  if (options === undefined) throw new Error(`${config.name} has no introspection endpoint`);
  const verifier = createIntrospectionVerifier(options, { http, clock, keys: issuer.keys });
  return { config, verifier, source: { verifier, issuer, isOurs: config.opaque?.gatehouse === true } };
}

/** Secrets are equal to each other but for what they hold. */
function identityOf(config: IssuerConfig): string {
  const { client, bearer } = config.introspection ?? {};
  const secrets = [client?.secret, client?.key, bearer].map((secret) => secret?.reveal());
  return sha256Hex(JSON.stringify([config.name, config.introspection, config.opaque, config.clients, secrets]));
}

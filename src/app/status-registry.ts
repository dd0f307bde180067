import type { Config, IssuerConfig } from '../config/index.ts';
import type { Issuer, IssuerRegistry } from '../issuers/index.ts';
import { IssuerStatuses, type StatusDependencies, type StatusOptions, type TokenStatuses } from '../status/index.ts';

/** Who says of the tokens of each issuer whether they are still good, where the configuration has that looked up. */
export class StatusRegistry {
  /** By all that an entry was made of, so that the next configuration finds what has not changed. */
  readonly #entries: ReadonlyMap<Issuer, Entry>;
  #previous: StatusRegistry | undefined;

  /** @param previous the lists of issuers that did not change are kept */
  constructor(
    configs: Config['issuers'],
    registry: IssuerRegistry,
    dependencies: StatusDependencies,
    previous?: StatusRegistry,
  ) {
    const checked = configs.filter(({ status }) => status === 'check');
    const known = previous === undefined ? new Map<Issuer, Entry>() : previous.#entries;
    const entries = checked.flatMap((config) =>
      registry.named(config.name).map((issuer) => {
        const wanted = wantedFor(config, issuer, registry);
        const same = known.get(issuer);
        return [
          issuer,
          same?.identity === wanted.identity && same.signer === wanted.signer ? same : makeEntry(wanted, dependencies),
        ] as const;
      }),
    );
    this.#entries = new Map(entries);
    this.#previous = previous;
  }

  of(issuer: Issuer): TokenStatuses | undefined {
    return this.#entries.get(issuer)?.statuses;
  }

  /** Gives up the lists that only the previous registry wanted. */
  start(): void {
    const previous = this.#previous;
    this.#previous = undefined;
    if (previous === undefined) return;
    const kept = new Set(this.#entries.values());
    for (const entry of previous.#entries.values()) if (!kept.has(entry)) entry.statuses.stop();
  }

  stop(): void {
    for (const { statuses } of this.#entries.values()) statuses.stop();
  }
}

interface Wanted {
  readonly identity: string;
  readonly signer: Issuer;
  readonly options: StatusOptions;
}

interface Entry extends Pick<Wanted, 'identity' | 'signer'> {
  readonly statuses: IssuerStatuses;
}

function makeEntry({ identity, signer, options }: Wanted, dependencies: StatusDependencies): Entry {
  return { identity, signer, statuses: new IssuerStatuses(options, dependencies) };
}

function wantedFor(
  { name, statusLists = [], statusIssuer, statusTimes: times }: IssuerConfig,
  issuer: Issuer,
  registry: IssuerRegistry,
): Wanted {
  // The configuration was checked: there is such an issuer.
  const signer = (statusIssuer === undefined ? undefined : registry.named(statusIssuer)[0]) ?? issuer;
  const { expectation, identifier, keys } = signer;
  const { algorithms, leewaySeconds } = expectation;
  const origins = [...new Set([originOf(issuer), ...statusLists])].filter((origin) => origin !== undefined);
  const issuers = [...new Set([identifier, ...expectation.issuers])];
  return {
    identity: JSON.stringify([name, origins, times]),
    signer,
    options: { issuer: name, origins, times, signer: { issuers, algorithms, leewaySeconds, keys } },
  };
}

/** An identifier need not be a URL. */
function originOf({ identifier }: Issuer): string | undefined {
  const origin = URL.parse(identifier)?.origin;
  return origin === 'null' ? undefined : origin;
}

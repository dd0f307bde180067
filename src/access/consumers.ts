/** Somebody who calls APIs, known by name whichever issuers vouch for its clients. */
export interface Consumer {
  readonly name: string;
  readonly blocked: boolean;
  /** For each API, in each gateway; undefined: any. */
  readonly rate: ConsumerRate | undefined;
}

export interface ConsumerRate {
  /** So many requests are granted */
  readonly requests: number;
  /** in so many milliseconds, */
  readonly per: number;
  /** and so many at once after a pause. */
  readonly burst: number;
}

export interface ConsumerOptions {
  readonly name: string;
  readonly clients: readonly ConsumerClient[];
  /** Default false. */
  readonly blocked?: boolean | undefined;
  /** `burst`: by default as many as `requests`. */
  readonly rate?: (Omit<ConsumerRate, 'burst'> & { readonly burst?: number | undefined }) | undefined;
}

export interface ConsumerClient {
  /** The issuer's name in the configuration. */
  readonly issuer: string;
  readonly client: string;
}

/** The directory of consumers. */
export interface Consumers {
  /** By issuer and client, never by client alone: the same id at another issuer is somebody else. */
  of(issuerName: string, client: string | undefined): Consumer | undefined;
}

/** One for all configurations that name nobody, so that what is remembered outlives a reload. */
const nobody: Consumers = Object.freeze({ of: () => undefined });

/** @throws TypeError where one client of one issuer would be two consumers */
export function createConsumers(options: readonly ConsumerOptions[]): Consumers {
  if (options.length === 0) return nobody;
  const issuers = new Map<string, Map<string, Consumer>>();
  for (const option of options) {
    const consumer = consumerOf(option);
    for (const { issuer, client } of option.clients) {
      const clients = issuers.get(issuer) ?? new Map<string, Consumer>();
      if ((clients.get(client) ?? consumer) !== consumer) {
        throw new TypeError(`the client ${client} of ${issuer} belongs to two consumers`);
      }
      issuers.set(issuer, clients.set(client, consumer));
    }
  }
  return Object.freeze({
    of: (issuerName, client) => (client === undefined ? undefined : issuers.get(issuerName)?.get(client)),
  } satisfies Consumers);
}

function consumerOf({ name, blocked = false, rate }: ConsumerOptions): Consumer {
  return Object.freeze({ name, blocked, rate: rate && Object.freeze({ ...rate, burst: rate.burst ?? rate.requests }) });
}

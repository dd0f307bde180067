import type { Clock, EpochMs } from '../base/clock.ts';
import type { HttpClient } from '../net/index.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import type { Witness } from '../protocol/witness.ts';
import { fetchStatusList } from './fetch-status-list.ts';
import { judgeStatus } from './judge-status.ts';
import type { StatusListMemory } from './status-list-memory.ts';
import { StatusListSource } from './status-list-source.ts';
import { defaultStatusListTimes, type StatusListTimes } from './status-list-times.ts';
import type { StatusReference } from './status-reference.ts';
import type { StatusSigner } from './status-signer.ts';

/** Whether tokens are still good, by what their issuer publishes. */
export interface TokenStatuses {
  /** @returns when the status can be judged; undefined: it can be now */
  load(reference: StatusReference, now: EpochMs): Promise<void> | undefined;
  /** From memory alone. */
  judge(reference: StatusReference, now: EpochMs, witness?: Witness): Rejection | undefined;
}

export interface StatusOptions {
  /** The issuer's name in the configuration. */
  readonly issuer: string;
  /** Where its lists may be: what a token names elsewhere is never fetched. */
  readonly origins: readonly string[];
  readonly signer: StatusSigner;
  readonly times?: Partial<StatusListTimes>;
}

export interface StatusDependencies {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly memory: StatusListMemory;
}

/** The status lists of one issuer. */
export class IssuerStatuses implements TokenStatuses {
  readonly #options: StatusOptions;
  readonly #dependencies: StatusDependencies;
  readonly #sources = new Map<string, StatusListSource>();

  constructor(options: StatusOptions, dependencies: StatusDependencies) {
    this.#options = options;
    this.#dependencies = dependencies;
  }

  load({ uri }: StatusReference, now: EpochMs): Promise<void> | undefined {
    return this.#source(uri)?.load(now);
  }

  judge(reference: StatusReference, now: EpochMs, witness?: Witness): Rejection | undefined {
    const { issuer, origins } = this.#options;
    const { uri } = reference;
    const source = this.#source(uri);
    if (source === undefined) return rejection('status_list_not_allowed', { issuer, uri, allowed: origins });
    const current = source.at(now);
    if (current !== undefined) return judgeStatus(reference, current, witness);
    const { code, title, remedy, facts } = source.failure ?? {};
    const retryAfter = Math.max(1, Math.ceil(source.quietFor(now) / 1000));
    return rejection('status_unavailable', { issuer, uri, failure: code, title, remedy, ...facts }, { retryAfter });
  }

  /** For good: its lists are given up. */
  stop(): void {
    for (const source of this.#sources.values()) {
      this.#dependencies.memory.forget(source);
      source.drop();
    }
  }

  #source(uri: string): StatusListSource | undefined {
    return this.#sources.get(uri) ?? (this.#isAllowed(uri) ? this.#newSource(uri) : undefined);
  }

  #isAllowed(uri: string): boolean {
    const url = URL.parse(uri);
    return url !== null && url.username === '' && url.password === '' && this.#options.origins.includes(url.origin);
  }

  #newSource(uri: string): StatusListSource {
    const { issuer, signer, times } = this.#options;
    const { http, clock, memory } = this.#dependencies;
    const spec = {
      issuer,
      uri,
      keys: signer.keys,
      leewaySeconds: signer.leewaySeconds,
      times: { ...defaultStatusListTimes, ...times },
    };
    const retrieve = (signal: AbortSignal) => fetchStatusList(http, uri, signer, signal, clock);
    const source: StatusListSource = new StatusListSource(spec, retrieve, clock, {
      changed: () => memory.admit(source),
      dropped: () => this.#sources.delete(uri),
    });
    this.#sources.set(uri, source);
    memory.admit(source);
    return source;
  }
}

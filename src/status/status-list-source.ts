import type { Clock, EpochMs } from '../base/clock.ts';
import type { KeySet } from '../tokens/index.ts';
import { statusListsFetched, statusListsNotFetched } from './channels.ts';
import { entriesOf } from './status-list.ts';
import { listFailed, type StatusListFailure, type StatusListResult } from './status-list-failure.ts';
import type { Remembered } from './status-list-memory.ts';
import { freshMs, retryMs, type StatusListTimes } from './status-list-times.ts';
import type { StatusKeys } from './status-signer.ts';
import type { VerifiedStatusList } from './verify-status-list.ts';

/** Gets the list as it is now. Never throws, never takes longer than its time-out. */
export type StatusListRetriever = (signal: AbortSignal) => Promise<StatusListResult<VerifiedStatusList>>;

export interface StatusListSpec {
  /** The issuer's name in the configuration. */
  readonly issuer: string;
  readonly uri: string;
  readonly keys: StatusKeys;
  readonly leewaySeconds: number;
  readonly times: StatusListTimes;
}

/** A list that may be relied on. */
export interface CurrentStatusList extends VerifiedStatusList {
  readonly fetchedAt: EpochMs;
  readonly freshUntil: EpochMs;
  /** `freshUntil`, and for how long it serves beyond while its issuer cannot be reached. Never later than its `exp`. */
  readonly usableUntil: EpochMs;
}

/** Who is told of it. */
export interface StatusListOwner {
  /** It weighs something else. */
  changed(): void;
  /** It is given up. */
  dropped(): void;
}

/** What a list takes besides its bytes. */
const overhead = 2048;

/** Milliseconds between two fetches for requests that wait, however soon a list expires. */
const leastPause = 1_000;

/** Milliseconds by which a clock may be set back and a list still counts as fetched before now. */
const clockTolerance = 60_000;

/**
 * One status list. Fetched when a token names it, and again before it ends as long as tokens do. One fetch at a time;
 * where one fails, the list from before serves on for a while, and the next attempt waits.
 */
export class StatusListSource implements Remembered {
  readonly #spec: StatusListSpec;
  readonly #retrieve: StatusListRetriever;
  readonly #clock: Clock;
  readonly #owner: StatusListOwner;
  readonly #abort = new AbortController();

  #current: CurrentStatusList | undefined;
  /** Whether the keys of this set, the last that was looked at, vouch for the list. */
  #vouching: { readonly keySet: KeySet | undefined; readonly vouches: boolean } | undefined;
  #failure: StatusListFailure | undefined;
  #failures = 0;
  /** Until then nothing is tried for a request that waits. */
  #quietUntil: EpochMs = 0;
  #fetching: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastUsed: EpochMs;
  #usedSinceFetch = true;

  constructor(spec: StatusListSpec, retrieve: StatusListRetriever, clock: Clock, owner: StatusListOwner) {
    this.#spec = spec;
    this.#retrieve = retrieve;
    this.#clock = clock;
    this.#owner = owner;
    this.#lastUsed = clock();
  }

  get weight(): number {
    return overhead + this.#spec.uri.length + (this.#current?.list.bytes.length ?? 0);
  }

  get lastUsed(): EpochMs {
    return this.#lastUsed;
  }

  /** Of the last attempt, if it failed. */
  get failure(): StatusListFailure | undefined {
    return this.#failure;
  }

  /** Milliseconds until the next attempt, where one waits. */
  quietFor(now: EpochMs): number {
    return Math.max(0, this.#quietUntil - now);
  }

  /** The list, if it may be relied on at this moment. */
  at(now: EpochMs): CurrentStatusList | undefined {
    this.#lastUsed = now;
    this.#usedSinceFetch = true;
    return this.#usable(now);
  }

  /**
   * Whether a request has to wait for the list, and how long: undefined while it is fresh, while it serves through an
   * outage, and while it is too soon to try again.
   */
  load(now: EpochMs): Promise<void> | undefined {
    const current = this.at(now);
    if (current !== undefined && now < current.freshUntil) return undefined;
    const isOutage = current !== undefined && this.#failure !== undefined;
    if (this.#fetching === undefined && now < this.#quietUntil) return undefined;
    const fetched = this.#fetch();
    return isOutage ? undefined : fetched;
  }

  drop(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
    this.#current = undefined;
    this.#owner.dropped();
  }

  #usable(now: EpochMs): CurrentStatusList | undefined {
    const current = this.#current;
    return current !== undefined && now < current.usableUntil && this.#isVouchedFor(current, now) ? current : undefined;
  }

  /** A key that its issuer has withdrawn vouches for nothing any more, nor does what it signed. */
  #isVouchedFor({ key, fetchedAt }: CurrentStatusList, now: EpochMs): boolean {
    const keySet = this.#spec.keys.current();
    if (this.#vouching === undefined || this.#vouching.keySet !== keySet) {
      const vouches = keySet?.keys.some(({ publicKey }) => publicKey.equals(key.publicKey)) === true;
      this.#vouching = { keySet, vouches };
    }
    return this.#vouching.vouches && now >= fetchedAt - clockTolerance;
  }

  #fetch(): Promise<void> {
    this.#fetching ??= this.#fetchOnce().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #fetchOnce(): Promise<void> {
    clearTimeout(this.#timer);
    const outcome = await this.#retrieve(this.#abort.signal);
    if (this.#abort.signal.aborted) return;
    const accepted = outcome.ok ? this.#notOlder(outcome.value) : outcome;
    if (accepted.ok) this.#succeeded(accepted.value);
    else this.#failed(accepted.failure);
  }

  /** What was said later holds: of two lists, a cache may serve the one or the other. */
  #notOlder(fetched: VerifiedStatusList): StatusListResult<VerifiedStatusList> {
    const known = this.#current?.issuedAt ?? 0;
    if (fetched.issuedAt >= known) return { ok: true, value: fetched };
    return listFailed('list_older', { iat: fetched.issuedAt, known });
  }

  #succeeded(fetched: VerifiedStatusList): void {
    const { issuer, uri, leewaySeconds, times } = this.#spec;
    const fetchedAt = this.#clock();
    const ends =
      fetched.expiresAt === undefined ? Number.POSITIVE_INFINITY : (fetched.expiresAt + leewaySeconds) * 1000;
    const freshUntil = Math.min(fetchedAt + freshMs(fetched.ttl, times), ends);
    this.#current = { ...fetched, fetchedAt, freshUntil, usableUntil: Math.min(freshUntil + times.maxStale, ends) };
    this.#vouching = undefined;
    this.#failure = undefined;
    this.#failures = 0;
    this.#quietUntil = fetchedAt + leastPause;
    this.#schedule(Math.max(times.minRefresh, (freshUntil - fetchedAt) * (0.8 + 0.15 * Math.random())));
    this.#owner.changed();
    statusListsFetched.announce({ issuer, uri: placeOf(uri), entries: entriesOf(fetched.list), freshUntil });
  }

  #failed(failure: StatusListFailure): void {
    const { issuer, uri } = this.#spec;
    this.#failure = failure;
    this.#failures++;
    const delay = retryMs(this.#failures, Math.random);
    this.#quietUntil = this.#clock() + delay;
    this.#schedule(delay);
    const usableUntil = this.#usable(this.#clock())?.usableUntil;
    statusListsNotFetched.announce({ issuer, uri: placeOf(uri), failure, failures: this.#failures, usableUntil });
  }

  /** A list that no token has named since is left to end. */
  #schedule(delay: number): void {
    clearTimeout(this.#timer);
    this.#usedSinceFetch = false;
    this.#timer = setTimeout(() => {
      if (this.#usedSinceFetch) void this.#fetch();
    }, delay).unref();
  }
}

/** Its query may be a secret. */
function placeOf(uri: string): string {
  return uri.replace(/[?#].*$/s, '');
}

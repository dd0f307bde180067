import type { Clock, EpochMs } from '../base/clock.ts';
import type { KeySet } from '../tokens/index.ts';
import { issuerWarned, keySkipped, keysNotRefreshed, keysRefreshed } from './channels.ts';
import type { FetchedKeys } from './fetch-keys.ts';
import type { IssuerFailure } from './issuer-failure.ts';
import type { KeyRetriever } from './key-retriever.ts';
import type { KeySource, KeySourceHealth } from './key-source.ts';
import type { KeySpec } from './key-spec.ts';
import { keysHealth } from './keys-health.ts';
import { QuietPeriod } from './quiet-period.ts';
import { delayAfterFailure, delayAfterSuccess } from './refresh-delay.ts';
import { UnknownKids } from './unknown-kids.ts';

/** Milliseconds that a token may be made to wait for a fetch that is not allowed quite yet. */
const patience = 1_000;

/**
 * The keys of an issuer elsewhere. Fetched in the background for as long as it is started, and when a token names a
 * key that is not there. One fetch at a time; what it brings replaces what was there as a whole.
 */
export class RemoteKeySource implements KeySource {
  readonly #spec: KeySpec;
  readonly #retrieve: KeyRetriever;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #quiet = new QuietPeriod();
  readonly #unknownKids = new UnknownKids();
  readonly #abort = new AbortController();

  #keys: FetchedKeys | undefined;
  #usableUntil: EpochMs = 0;
  #lastSuccess: EpochMs | undefined;
  #lastAttempt: EpochMs | undefined;
  #nextFetch: EpochMs | undefined;
  #failure: IssuerFailure | undefined;
  #failures = 0;
  #fetching: Promise<void> | undefined;
  #soon: PromiseWithResolvers<void> | undefined;
  #started = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(spec: KeySpec, retrieve: KeyRetriever, clock: Clock, random: () => number = Math.random) {
    this.#spec = spec;
    this.#retrieve = retrieve;
    this.#clock = clock;
    this.#random = random;
  }

  current(): KeySet | undefined {
    return this.#keys !== undefined && this.#clock() < this.#usableUntil ? this.#keys.keySet : undefined;
  }

  async refresh(kid: string | undefined): Promise<KeySet | undefined> {
    await this.#lookFor(kid);
    // While the issuer cannot be asked it is not known whether the key exists, so the token is not to blame.
    return this.#failure !== undefined && !this.#holds(kid) ? undefined : this.current();
  }

  health(): KeySourceHealth {
    return keysHealth({
      keys: this.#keys,
      usable: this.current() !== undefined,
      usableUntil: this.#usableUntil,
      lastSuccess: this.#lastSuccess,
      lastAttempt: this.#lastAttempt,
      nextFetch: this.#nextFetch,
      failure: this.#failure,
    });
  }

  /** Begins to fetch, and to fetch again. Never waits. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#fetch();
  }

  /** For good. */
  stop(): void {
    this.#started = false;
    clearTimeout(this.#timer);
    this.#nextFetch = undefined;
    this.#abort.abort();
    this.#soon?.resolve();
  }

  #holds(kid: string | undefined): boolean {
    return kid !== undefined && (this.current()?.byId(kid).length ?? 0) > 0;
  }

  async #lookFor(kid: string | undefined): Promise<void> {
    // Another token may have brought it meanwhile.
    if (this.#holds(kid)) return;
    if (this.#fetching !== undefined) return this.#fetching;
    const now = this.#clock();
    if (this.#abort.signal.aborted || (kid !== undefined && this.#unknownKids.has(kid, now))) return;
    const wait = this.#quiet.remaining(now);
    if (wait === 0) return this.#fetchFor(kid);
    // Made-up kids must not keep a real new key out for longer than the quiet period.
    const fetched = this.#fetchAfter(wait);
    if (wait <= patience) return fetched;
  }

  /** Only a fetch that brought what it was made for may be followed by another one soon. */
  async #fetchFor(kid: string | undefined): Promise<void> {
    const before = this.#keys?.fingerprint;
    await this.#fetch();
    if (this.#failure !== undefined) return;
    const found = kid === undefined ? before !== this.#keys?.fingerprint : this.#holds(kid);
    const now = this.#clock();
    const { coolDown } = this.#spec.times;
    this.#quiet.begin(now, found ? Math.min(patience, coolDown) : coolDown);
    if (!found && kid !== undefined) this.#unknownKids.add(kid, now);
  }

  #fetch(): Promise<void> {
    this.#fetching ??= this.#fetchOnce().finally(() => {
      this.#fetching = undefined;
      this.#soon?.resolve();
      this.#soon = undefined;
    });
    return this.#fetching;
  }

  /** @returns when the next fetch is done, which is then due after so many milliseconds at the latest */
  #fetchAfter(wait: number): Promise<void> | undefined {
    if (!this.#started) return undefined;
    if ((this.#nextFetch ?? Number.POSITIVE_INFINITY) > this.#clock() + wait) {
      this.#schedule(wait, () => this.#fetchFor(undefined));
    }
    this.#soon ??= Promise.withResolvers();
    return this.#soon.promise;
  }

  async #fetchOnce(): Promise<void> {
    clearTimeout(this.#timer);
    this.#lastAttempt = this.#clock();
    const outcome = await this.#retrieve(this.#abort.signal);
    if (this.#abort.signal.aborted) return;
    if (outcome.ok) this.#succeeded(outcome.value);
    else this.#failed(outcome.failure);
  }

  #succeeded(fetched: FetchedKeys): void {
    const { name, times } = this.#spec;
    const now = this.#clock();
    const changed = this.#keys?.fingerprint !== fetched.fingerprint;
    // The same keys stay the same object: remembered verdicts rest on it.
    this.#keys = changed ? fetched : { ...fetched, keySet: this.#keys?.keySet ?? fetched.keySet };
    this.#lastSuccess = now;
    this.#usableUntil = now + times.maxStale;
    this.#failure = undefined;
    this.#failures = 0;
    this.#schedule(delayAfterSuccess(fetched.freshFor, times, this.#random));
    keysRefreshed.announce({ issuer: name, jwksUri: fetched.jwksUri, keys: fetched.keySet.keys.length, changed });
    if (changed) this.#announceNews(fetched);
  }

  #announceNews({ skipped, warnings }: FetchedKeys): void {
    const issuer = this.#spec.name;
    this.#unknownKids.clear();
    for (const { kid, reason } of skipped) keySkipped.announce({ issuer, kid, reason });
    for (const warning of warnings) issuerWarned.announce({ issuer, warning });
  }

  #failed(failure: IssuerFailure): void {
    const { name, times } = this.#spec;
    this.#failure = failure;
    this.#failures++;
    // An issuer that answers and has no keys any more has withdrawn them; one that does not answer has not.
    if (failure.code === 'key_set_empty') {
      this.#usableUntil = Math.min(this.#usableUntil, (this.#lastSuccess ?? 0) + times.maxRefresh);
    }
    const delay = delayAfterFailure(this.#failures, this.#random);
    this.#quiet.begin(this.#clock(), Math.min(delay, times.coolDown));
    this.#schedule(delay);
    const usableUntil = this.#keys === undefined ? undefined : this.#usableUntil;
    keysNotRefreshed.announce({ issuer: name, failure, failures: this.#failures, usableUntil });
  }

  #schedule(delay: number, fetch: () => Promise<void> = () => this.#fetch()): void {
    clearTimeout(this.#timer);
    if (!this.#started) return;
    this.#nextFetch = this.#clock() + delay;
    this.#timer = setTimeout(() => void fetch(), delay).unref();
  }
}

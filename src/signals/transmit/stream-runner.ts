import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { HttpClient } from '../../net/index.ts';
import { type LogPosition, type Revocation, type RevocationLog, startOfLog } from '../../revocation/index.ts';
import { revocationTold, revocationUntold, signalsFailed, streamFailed } from '../channels.ts';
import { deliverSet } from './deliver-set.ts';
import { makeSet, type SetSigner } from './make-set.ts';
import type { StreamOptions } from './stream.ts';
import type { StreamStore } from './stream-store.ts';

export interface TransmitDependencies {
  readonly clock: Clock;
  readonly http: HttpClient;
  readonly log: Pick<RevocationLog, 'readAfter' | 'subscribe'>;
  readonly streams: StreamStore;
  readonly signer: SetSigner;
}

/** Entries between two notes of how far it is: after a crash, so many are told twice at most. */
const pageSize = 20;

/** Milliseconds. One process tells; another takes over where it falls silent for so long. */
const lease = 10_000;

/** Milliseconds between two looks at the log, besides being woken by it. */
const restMs = 1_000;

/** Milliseconds between tries: doubling up to the greatest. */
const firstPause = 1_000;
const longestPause = 5 * 60_000;

/**
 * Tells one stream of our own revocations, in their order and at least once. The log is the outbox, and a position in it
 * all that is kept: an entry stays in the log until every token it can hit has expired, and then nobody needs to hear of
 * it.
 */
export class StreamRunner {
  readonly #stream: StreamOptions;
  readonly #dependencies: TransmitDependencies;
  readonly #holder = randomUUID();
  readonly #abort = new AbortController();
  #unsubscribe: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();
  #failures = 0;
  /** Until when this process may tell without asking again. */
  #heldUntil = 0;
  /** Up to where everything was told, while this process is the one that tells. */
  #position: LogPosition | undefined;
  /** There may be something new. */
  #woken = false;
  #endRest: (() => void) | undefined;

  constructor(stream: StreamOptions, dependencies: TransmitDependencies) {
    this.#stream = stream;
    this.#dependencies = dependencies;
  }

  start(): void {
    this.#unsubscribe = this.#dependencies.log.subscribe?.(() => this.#wake());
    this.#running = this.#run();
  }

  /** Resolves when nothing of it is under way any more. */
  async stop(): Promise<void> {
    this.#abort.abort();
    this.#unsubscribe?.();
    this.#endRest?.();
    await this.#running;
    await this.#release().catch(() => undefined); // Then the next one waits until the lease has run out.
  }

  get #stopped(): boolean {
    return this.#abort.signal.aborted;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const isLevel = await this.#tellPage().catch((error: unknown) => {
        signalsFailed.announce({ where: `stream ${this.#stream.name}`, error });
        return true;
      });
      if (isLevel && !this.#woken) await this.#rest(restMs);
      this.#woken = false;
    }
  }

  /** Ends a rest, but not a pause between tries. */
  #wake(): void {
    this.#woken = true;
    if (this.#failures === 0) this.#endRest?.();
  }

  /** @returns whether there is nothing to do for now */
  async #tellPage(): Promise<boolean> {
    const { streams, log } = this.#dependencies;
    if (!(await this.#hold())) return true;
    this.#position ??= (await streams.position(this.#stream.name)) ?? startOfLog;
    const page = await log.readAfter(this.#position, pageSize);
    if (page === undefined) {
      // Another history: all that is in it is told, since nobody knows what of it was.
      await this.#advance(startOfLog);
      return false;
    }
    for (const entry of page.entries) if (!(await this.#tell(entry))) return true;
    await this.#advance(page.position);
    return page.isLast;
  }

  async #advance(position: LogPosition): Promise<void> {
    const { seq, mark } = this.#position ?? startOfLog;
    if (seq === position.seq && mark === position.mark) return;
    await this.#dependencies.streams.advance(this.#stream.name, position);
    this.#position = position;
  }

  async #hold(): Promise<boolean> {
    const { streams, clock } = this.#dependencies;
    const now = clock();
    if (this.#heldUntil - now > lease / 2) return true;
    const held = await streams.hold(this.#stream.name, this.#holder, now, now + lease);
    this.#heldUntil = held ? now + lease : 0;
    if (!held) this.#position = undefined;
    return held;
  }

  /** Whoever comes next need not wait. */
  async #release(): Promise<void> {
    const now = this.#dependencies.clock();
    if (this.#heldUntil > now) await this.#dependencies.streams.hold(this.#stream.name, this.#holder, now, now);
  }

  /** Resolves when the receiver has it, or will never have it. @returns false where another process is to go on */
  async #tell(entry: Revocation): Promise<boolean> {
    const { signer, clock } = this.#dependencies;
    // Of other issuers, they are to speak themselves.
    if (entry.issuer !== signer.issuer) return true;
    for (;;) {
      const set = makeSet(entry, this.#stream, signer, clock());
      if (set === undefined) return true;
      const pause = await this.#deliver(set, entry);
      if (pause === undefined) return true;
      await this.#rest(pause);
      if (this.#stopped || !(await this.#hold())) return false;
    }
  }

  /** @returns milliseconds until it is to be tried again; undefined where it is done */
  async #deliver(set: string, { seq, kind }: Revocation): Promise<number | undefined> {
    const { name: stream } = this.#stream;
    const delivery = await deliverSet(set, this.#stream, this.#dependencies.http, this.#abort.signal);
    if (this.#stopped && delivery.kind === 'failed') return 0;
    if (delivery.kind === 'failed') {
      const { code, facts, retryAfter } = delivery;
      const pause = Math.min(longestPause, retryAfter ?? firstPause * 2 ** Math.min(this.#failures, 16));
      this.#failures++;
      streamFailed.announce({ stream, seq, code, facts, failures: this.#failures, pause });
      return pause;
    }
    this.#failures = 0;
    if (delivery.kind === 'delivered') revocationTold.announce({ stream, seq, kind });
    else revocationUntold.announce({ stream, seq, kind, code: delivery.code, facts: delivery.facts });
    return undefined;
  }

  async #rest(pause: number): Promise<void> {
    if (this.#stopped) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, pause).unref();
    this.#endRest = resolve;
    await promise;
    clearTimeout(timer);
  }
}

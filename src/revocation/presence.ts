import { type MonotonicClock, type MonotonicMs, monotonicClock } from '../base/clock.ts';
import { coalesce } from '../base/coalesce.ts';
import { presenceUnreported } from './channels.ts';
import type { GatewayReport, GatewayRoster } from './gateway-roster.ts';
import { Lease } from './lease.ts';
import type { LogFollower } from './log-follower.ts';
import type { RevocationIndex } from './revocation-index.ts';

/** Milliseconds between two reports without news, unless the lease is so short that more are needed. */
const longestSilence = 1000;
/** Reports for each lease, at least: some may be late. */
const reportsPerLease = 4;
/** Milliseconds between two reports with news: where much is revoked, not each entry is told by itself. */
const shortestSilence = 20;

export interface PresenceOptions {
  readonly roster: Pick<GatewayRoster, 'report' | 'withdraw'>;
  readonly gateway: Pick<GatewayReport, 'id' | 'name' | 'startedAt' | 'leaseMs'>;
  readonly follower: Pick<LogFollower, 'applied' | 'confirmedAt'>;
  readonly index: Pick<RevocationIndex, 'subscribe'>;
  /** Called when a new lease has begun: then the log must be read anew. */
  onBegun?(): void;
  /** Default: the system's. */
  readonly monotonic?: MonotonicClock | undefined;
}

/**
 * Says on and on that a gateway is there and how far it has come: each second, and soon after something was applied.
 * By that it keeps the right to decide; who is not heard of must not.
 */
export class Presence {
  readonly #options: PresenceOptions;
  readonly #monotonic: MonotonicClock;
  readonly #lease: Lease;
  readonly #begun = Promise.withResolvers<void>();
  readonly #report = coalesce(() => this.#send());
  #sentAt: MonotonicMs = Number.NEGATIVE_INFINITY;
  #heartbeat: NodeJS.Timeout | undefined;
  #news: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(options: PresenceOptions) {
    this.#options = options;
    this.#monotonic = options.monotonic ?? monotonicClock;
    this.#lease = new Lease(options.gateway.leaseMs);
  }

  /** Whether this process may decide by its index, as far as that hangs on being heard of. */
  isHeard(now: MonotonicMs): boolean {
    return this.#lease.holds(this.#options.follower.confirmedAt, now);
  }

  /**
   * Resolves when it is on the roster, however often that has to be tried. Only what is read of the log after that
   * counts: an entry that was appended before is in it, and whoever appends one after finds this gateway on the roster.
   */
  start(): Promise<void> {
    const { gateway, index } = this.#options;
    this.#unsubscribe = index.subscribe(() => this.#haveNews());
    this.#heartbeat = setInterval(() => this.#say(), Math.min(longestSilence, gateway.leaseMs / reportsPerLease));
    this.#say();
    return this.#begun.promise;
  }

  /** For a gateway that decides nothing any more: nobody has to wait for it. */
  async stop(): Promise<void> {
    if (this.#heartbeat === undefined) return;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#news);
    this.#unsubscribe?.();
    // A report that is under way must not come after.
    await this.#report().catch(() => undefined);
    await this.#options.roster.withdraw(this.#options.gateway.id).catch(() => undefined);
  }

  #haveNews(): void {
    const delay = Math.max(0, this.#sentAt + shortestSilence - this.#monotonic());
    this.#news ??= setTimeout(() => {
      this.#news = undefined;
      this.#say();
    }, delay).unref();
  }

  #say(): void {
    this.#report().catch((error: unknown) => presenceUnreported.announce({ error }));
  }

  async #send(): Promise<void> {
    const { roster, gateway, follower, onBegun } = this.#options;
    const sentAt = this.#monotonic();
    this.#sentAt = sentAt;
    const { id, name, startedAt, leaseMs } = gateway;
    await roster.report({ id, name, startedAt, leaseMs, applied: follower.applied });
    if (this.#lease.renew(sentAt, this.#monotonic())) onBegun?.();
    this.#heartbeat?.unref();
    this.#begun.resolve();
  }
}

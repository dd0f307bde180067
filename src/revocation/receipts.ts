import { type MonotonicClock, type MonotonicMs, monotonicClock } from '../base/clock.ts';
import { receiptGiven } from './channels.ts';
import type { GatewayRoster } from './gateway-roster.ts';
import type { GatewayReceipt, Receipt } from './receipt.ts';
import type { RevocationLog } from './revocation-log.ts';
import { type RosterView, RosterWatch, type SeenGateway } from './roster-watch.ts';

export interface ReceiptsOptions {
  readonly roster: GatewayRoster;
  readonly log: Pick<RevocationLog, 'readAfter'>;
  /** The lease of gateways that are not on the roster, though they were: their reports may have been lost. */
  readonly leaseMs: number;
  /** Default: the system's. */
  readonly monotonic?: MonotonicClock | undefined;
}

/** Clocks of two machines run equally fast, but for one part in a hundred at the very most. */
const clockTolerance = 1.01;

/** Waits for revocations to come into force on every gateway. */
export class Receipts {
  readonly #watch: RosterWatch;
  readonly #leaseMs: number;
  readonly #monotonic: MonotonicClock;

  constructor({ roster, log, leaseMs, monotonic = monotonicClock }: ReceiptsOptions) {
    this.#watch = new RosterWatch(roster, log);
    this.#leaseMs = leaseMs;
    this.#monotonic = monotonic;
  }

  /**
   * Resolves when every gateway has applied the entry or refuses by itself, or when the time is up; never rejects for
   * want of an answer, since the revocation itself is durable.
   *
   * @param since when the entry of that sequence number became durable
   * @param waitMs at most, from now on
   */
  async await(seq: number, since: MonotonicMs, waitMs: number): Promise<Receipt> {
    const receipt = await this.#watch.during(() => this.#follow(seq, since, this.#monotonic() + waitMs));
    receiptGiven.announce(receipt);
    return receipt;
  }

  /** How far the entry has come by now; not for how long that took. */
  async tell(seq: number): Promise<Receipt> {
    const { gateways, ...rest } = await this.#follow(seq, this.#monotonic(), Number.NEGATIVE_INFINITY);
    return { ...rest, gateways: gateways.map((gateway) => ({ ...gateway, afterMs: undefined })) };
  }

  async #follow(seq: number, since: MonotonicMs, until: MonotonicMs): Promise<Receipt> {
    const arrival = new Arrival(seq, this.#leaseMs);
    for (;;) {
      const change = this.#watch.change(Math.max(0, until - this.#monotonic()));
      const view = await this.#watch.look();
      const now = this.#monotonic();
      if (view !== undefined) arrival.see(view, now - since);
      if (arrival.isComplete || now >= until) return arrival.tell(now - since);
      await change;
    }
  }
}

/** How far one entry has come. */
class Arrival {
  readonly #seq: number;
  readonly #leaseMs: number;
  readonly #appliedAfter = new Map<string, number>();
  #view: RosterView = { gateways: [], keptForMs: 0 };

  constructor(seq: number, leaseMs: number) {
    this.#seq = seq;
    this.#leaseMs = leaseMs;
  }

  see(view: RosterView, afterMs: number): void {
    this.#view = view;
    for (const { id, applied, isInHistory } of view.gateways) {
      if (!isInHistory || applied.seq < this.#seq) this.#appliedAfter.delete(id);
      else if (!this.#appliedAfter.has(id)) this.#appliedAfter.set(id, afterMs);
    }
  }

  /** Whoever was on the roster when a part of it was lost has been silent for as long as it is kept since. */
  get isComplete(): boolean {
    const { gateways, keptForMs } = this.#view;
    return isOver(this.#leaseMs, keptForMs) && gateways.every((each) => this.#stateOf(each) !== 'pending');
  }

  tell(waitedMs: number): Receipt {
    const gateways = this.#view.gateways.map((gateway) => {
      const { id, name, silentMs } = gateway;
      return { id, name, state: this.#stateOf(gateway), afterMs: this.#appliedAfter.get(id), silentMs };
    });
    return { seq: this.#seq, complete: this.isComplete, waitedMs, gateways };
  }

  #stateOf({ id, leaseMs, silentMs }: SeenGateway): GatewayReceipt['state'] {
    if (this.#appliedAfter.has(id)) return 'applied';
    return isOver(leaseMs, silentMs) ? 'silent' : 'pending';
  }
}

function isOver(leaseMs: number, silentMs: number): boolean {
  return silentMs >= leaseMs * clockTolerance;
}

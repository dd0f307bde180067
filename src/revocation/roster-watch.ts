import { coalesce } from '../base/coalesce.ts';
import { StoreUnavailable } from '../base/store-unavailable.ts';
import type { GatewayList, GatewayRoster, ListedGateway } from './gateway-roster.ts';
import { writePosition } from './position-text.ts';
import type { RevocationLog } from './revocation-log.ts';

/** Milliseconds after which the roster is looked at again where no wake-up comes. */
const longestWait = 250;

/** The roster as it was at one moment. */
export interface RosterView extends Pick<GatewayList, 'keptForMs'> {
  readonly gateways: readonly SeenGateway[];
}

export interface SeenGateway extends ListedGateway {
  /**
   * Whether what it has applied is the history of this log. By its sequence number alone, a gateway that has not heard
   * of a failover yet would seem to have what it has never seen.
   */
  readonly isInHistory: boolean;
}

/** The roster, for as many as wait for something on it: they share every look. */
export class RosterWatch {
  readonly #roster: GatewayRoster;
  readonly #log: Pick<RevocationLog, 'readAfter'>;
  readonly #changes = new Set<() => void>();
  #waits = 0;
  #unsubscribe: (() => void) | undefined;

  constructor(roster: GatewayRoster, log: Pick<RevocationLog, 'readAfter'>) {
    this.#roster = roster;
    this.#log = log;
  }

  /** What the roster says after the time of the call; undefined while it cannot be asked. */
  readonly look = coalesce(async (): Promise<RosterView | undefined> => {
    try {
      return await this.#view();
    } catch (error) {
      if (error instanceof StoreUnavailable) return undefined;
      throw error;
    }
  });

  /** Listens to the roster for as long as somebody waits. */
  async during<Result>(wait: () => Promise<Result>): Promise<Result> {
    if (++this.#waits === 1) this.#unsubscribe = this.#roster.subscribe?.(() => this.#wake());
    try {
      return await wait();
    } finally {
      if (--this.#waits === 0) this.#unsubscribe?.();
    }
  }

  /** Resolves when something may have changed since the call, within so many milliseconds. */
  change(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#changes.delete(end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(withinMs, longestWait)).unref();
      this.#changes.add(end);
    });
  }

  #wake(): void {
    for (const end of this.#changes) end();
  }

  async #view(): Promise<RosterView> {
    const { gateways, keptForMs } = await this.#roster.list();
    const known = new Map<string, Promise<boolean>>();
    const isInHistory = ({ applied }: ListedGateway): Promise<boolean> => {
      const name = writePosition(applied);
      const question = known.get(name) ?? this.#isInHistory(applied);
      known.set(name, question);
      return question;
    };
    const seen = gateways.map(async (each) => ({ ...each, isInHistory: await isInHistory(each) }));
    return { gateways: await Promise.all(seen), keptForMs };
  }

  async #isInHistory(position: ListedGateway['applied']): Promise<boolean> {
    return (await this.#log.readAfter(position, 1)) !== undefined;
  }
}

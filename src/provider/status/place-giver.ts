import { randomBytes } from 'node:crypto';
import type { Clock, EpochMs } from '../../base/clock.ts';
import type { GivenPlaces, StatusRegistry } from '../ports/status-registry.ts';
import type { StatusPlace } from '../ports/token-registry.ts';
import { listSize, placeAt } from './place-order.ts';

/** So many that a token seldom waits for them, and so few that nobody misses those that a process leaves. */
const blockSize = 64;

/** Milliseconds for which a process holds on to places: far less than a full list is kept for those under way. */
const blockLifetime = 10 * 60_000;

/** Gives each new token a place in a list. A block of them is taken at a time, durably: what is lost is never given. */
export class PlaceGiver {
  readonly #registry: Pick<StatusRegistry, 'give'>;
  readonly #clock: Clock;
  #block: { readonly places: GivenPlaces; readonly until: EpochMs } | undefined;
  #used = 0;
  #taking: Promise<void> | undefined;

  constructor(registry: Pick<StatusRegistry, 'give'>, clock: Clock) {
    this.#registry = registry;
    this.#clock = clock;
  }

  async next(): Promise<StatusPlace> {
    for (;;) {
      const place = this.#fromBlock();
      if (place !== undefined) return place;
      this.#taking ??= this.#take().finally(() => {
        this.#taking = undefined;
      });
      await this.#taking;
    }
  }

  #fromBlock(): StatusPlace | undefined {
    const block = this.#block;
    if (block === undefined || this.#used === block.places.count || this.#clock() >= block.until) return undefined;
    const { list, seed, first } = block.places;
    return { list, index: placeAt(seed, first + this.#used++) };
  }

  async #take(): Promise<void> {
    const now = this.#clock();
    const seed = randomBytes(32).toString('base64url');
    const places = await this.#registry.give({ count: blockSize, size: listSize, seed }, now);
    this.#block = { places, until: now + blockLifetime };
    this.#used = 0;
  }
}

import type { EpochMs } from '../../base/clock.ts';
import { type EncodedStatusList, encodeStatusList, newStatusList, setStatus, statusAt } from '../../status/index.ts';
import { listSize } from './place-order.ts';

/** 0x01: section 7.1. One bit is enough, since nothing of ours is suspended. */
const invalid = 1;

/** A list as this process knows it. Nothing that has died comes back to life, so its bits only ever rise. */
export class BoardList {
  readonly number: number;
  readonly #list = newStatusList(1, listSize);
  #changes = 0;
  #encoded: { readonly changes: number; readonly value: EncodedStatusList } | undefined;
  #signed: { readonly changes: number; readonly second: number; readonly token: string } | undefined;
  /** Resolves when every token on record was judged; what is revoked meanwhile is entered all the same. */
  ready: Promise<unknown> = Promise.resolve();
  /** When one of its tokens dies that was given a time to die. */
  dueAt: EpochMs = Number.POSITIVE_INFINITY;
  usedAt: EpochMs;

  constructor(number: number, now: EpochMs) {
    this.number = number;
    this.usedAt = now;
  }

  /** @param diesAt 0, or long ago: it is dead; undefined: it lives */
  enter(index: number, diesAt: EpochMs | undefined, now: EpochMs): void {
    if (diesAt === undefined) return;
    if (diesAt > now) this.dueAt = Math.min(this.dueAt, diesAt);
    else if (statusAt(this.#list, index) !== invalid) {
      setStatus(this.#list, index, invalid);
      this.#changes++;
    }
  }

  /** Signed anew each second at most: so a list that was fetched is never older than one that was before. */
  async signed(second: number, sign: (list: EncodedStatusList) => string): Promise<string> {
    const changes = this.#changes;
    if (this.#signed?.second === second && this.#signed.changes === changes) return this.#signed.token;
    const token = sign(await this.#encode(changes));
    this.#signed = { changes, second, token };
    return token;
  }

  async #encode(changes: number): Promise<EncodedStatusList> {
    if (this.#encoded?.changes === changes) return this.#encoded.value;
    const value = await encodeStatusList(this.#list);
    this.#encoded = { changes, value };
    return value;
  }
}

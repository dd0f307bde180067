import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock, EpochMs } from '../../base/clock.ts';
import { coalesce } from '../../base/coalesce.ts';
import type { LogPosition, RevocationEffect, RevocationLog } from '../../revocation/index.ts';
import { providerFailed } from '../channels.ts';
import { deathOf } from '../death-of-token.ts';
import type { ProviderRevocations } from '../ports/revocations.ts';
import type { StatusRegistry } from '../ports/status-registry.ts';
import type { IssuedToken } from '../ports/token-registry.ts';
import { BoardList } from './board-list.ts';
import { listSize } from './place-order.ts';
import { isSweeping, revokedFacts } from './revoked-facts.ts';

export interface StatusBoardDependencies {
  readonly issuer: string;
  readonly clock: Clock;
  readonly registry: StatusRegistry;
  readonly revocations: ProviderRevocations;
  readonly log: Pick<RevocationLog, 'readAfter'>;
}

/** Tokens that are judged at once, while requests wait: some milliseconds. */
const slice = 1024;
/** Entries of the log that are taken at once. */
const pageSize = 200;
/** An entry that hits more places than this is looked up list by list. */
const mostPlaces = 2000;
/** Entries that are looked for by name among exchanged tokens; for more, all of these are judged. */
const mostNames = 8;
/** Milliseconds after which an entry is taken once more, for tokens that were on their way onto the record. */
const secondLook = 2000;
/** Milliseconds after which a list that nobody asks for is forgotten. */
const idle = 10 * 60_000;

/**
 * The status lists of our tokens, as this process publishes them. A list is made from the tokens on record when somebody
 * asks for it, and then follows the revocation log entry by entry: what an entry hits is looked up, not all tokens.
 */
export class StatusBoard {
  readonly #dependencies: StatusBoardDependencies;
  readonly #lists = new Map<number, BoardList>();
  /** Up to where the log is entered in all lists; undefined while there is none. */
  #position: LogPosition | undefined;
  /** The version of the index at that time. */
  #version: number | undefined;
  #again: RevocationEffect[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #unsubscribe: () => void;

  constructor(dependencies: StatusBoardDependencies) {
    this.#dependencies = dependencies;
    this.#unsubscribe = dependencies.revocations.index.subscribe(() => this.#wake());
  }

  /** How many lists are held. */
  get size(): number {
    return this.#lists.size;
  }

  stop(): void {
    this.#unsubscribe();
    clearTimeout(this.#timer);
  }

  /**
   * The list, level with all revocations that are in force in this process.
   *
   * @returns undefined where there is no such list
   */
  async find(number: number): Promise<BoardList | undefined> {
    const now = this.#dependencies.clock();
    let list = this.#lists.get(number);
    if (list === undefined && !(await this.#dependencies.registry.has(number))) return undefined;
    list = this.#lists.get(number);
    if (list === undefined || now >= list.dueAt) list = this.#load(number, now);
    list.usedAt = now;
    await list.ready;
    if (this.#version !== this.#dependencies.revocations.index.version) await this.#follow();
    // Where the log turned out to be another one, all that was made of it is void.
    return this.#lists.has(number) ? list : this.find(number);
  }

  /** Drops the lists that nobody can ask for any more, and those that nobody does. */
  async purge(now: EpochMs): Promise<void> {
    const known = new Set(await this.#dependencies.registry.lists());
    for (const { number, usedAt } of this.#lists.values()) {
      if (!known.has(number) || now - usedAt > idle) this.#lists.delete(number);
    }
    if (this.#lists.size === 0) this.#beginAnew();
  }

  #load(number: number, now: EpochMs): BoardList {
    const { index, follower } = this.#dependencies.revocations;
    if (this.#position === undefined) {
      this.#position = follower.applied;
      this.#version = index.version;
    }
    const list = new BoardList(number, now);
    this.#lists.set(number, list);
    list.ready = this.#judgeAll(list).catch((error: unknown) => {
      this.#lists.delete(number);
      throw error;
    });
    return list;
  }

  async #judgeAll(list: BoardList): Promise<void> {
    for (let from = 0; from < listSize; from += slice) {
      this.#judge(list, await this.#dependencies.registry.tokens(list.number, from, from + slice));
      await nextTurn();
    }
  }

  #judge(list: BoardList, tokens: readonly IssuedToken[]): void {
    const now = this.#dependencies.clock();
    for (const token of tokens) {
      if (token.status !== undefined) list.enter(token.status.index, deathOf(this.#dependencies, token), now);
    }
  }

  #wake(): void {
    if (this.#lists.size > 0) this.#inBackground(this.#follow());
  }

  /** What fails is tried again with the next request. */
  #inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) => providerFailed.announce({ where: 'status lists', error }));
  }

  readonly #follow = coalesce(() => this.#readLog());

  async #readLog(): Promise<void> {
    const { log, revocations } = this.#dependencies;
    const { version } = revocations.index;
    for (let isLast = this.#position === undefined; !isLast; ) {
      const page = await log.readAfter(this.#position ?? revocations.follower.applied, pageSize);
      if (page === undefined) return this.#beginAnew();
      if (page.entries.length > 0) await this.#enter(page.entries);
      this.#position = page.position;
      isLast = page.isLast;
    }
    this.#version = version;
  }

  #beginAnew(): void {
    this.#lists.clear();
    this.#position = undefined;
    this.#version = undefined;
  }

  async #enter(entries: readonly RevocationEffect[]): Promise<void> {
    // The index judges what was exchanged, so it must know them first.
    await this.#dependencies.revocations.follower.catchUp();
    await this.#enterAll(entries);
    this.#again.push(...entries);
    this.#timer ??= setTimeout(() => this.#inBackground(this.#lookAgain()), secondLook).unref();
  }

  async #lookAgain(): Promise<void> {
    const entries = this.#again;
    this.#again = [];
    this.#timer = undefined;
    await this.#enterAll(entries);
  }

  async #enterAll(entries: readonly RevocationEffect[]): Promise<void> {
    for (const entry of entries) if (entry.issuer === this.#dependencies.issuer) await this.#enterOne(entry);
    const names = new Set(entries.map(({ value }) => value));
    for (const list of [...this.#lists.values()]) {
      const wanted = names.size > mostNames ? undefined : [...names];
      this.#judge(list, await this.#dependencies.registry.exchanged(list.number, wanted));
      await nextTurn();
    }
  }

  async #enterOne(entry: RevocationEffect): Promise<void> {
    const { registry, clock } = this.#dependencies;
    const facts = revokedFacts(entry);
    const diesAt = entry.from ?? 0;
    const places = isSweeping(entry) ? undefined : await registry.find(facts, mostPlaces + 1);
    if (places !== undefined && places.length <= mostPlaces) {
      for (const place of places) this.#lists.get(place.list)?.enter(place.index, diesAt, clock());
      return;
    }
    for (const list of [...this.#lists.values()]) {
      for (const index of await registry.findIn(list.number, facts)) list.enter(index, diesAt, clock());
      await nextTurn();
    }
  }
}

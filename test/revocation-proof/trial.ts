import { setTimeout as delay } from 'node:timers/promises';
import { type Case, CaseMaker } from './cases.ts';
import type { Fault } from './faults.ts';
import type { Fleet } from './fleet.ts';
import type { Gate } from './gate.ts';
import { Ledger, type Tally } from './ledger.ts';
import type { Revoked } from './operator.ts';
import type { TokenOnTrial } from './token-on-trial.ts';

export interface TrialOptions {
  readonly revocations: number;
  /** Revocations under way at once. */
  readonly concurrency: number;
  /** Requests under way at once at each gateway, besides those about the token that is being revoked. */
  readonly load: number;
  /** Milliseconds between two of either, for whoever makes them one after the other. */
  readonly pauseMs: number;
}

export interface Verdict {
  readonly tally: Tally;
  /** Receipts that say it is in force everywhere, and those that do not. */
  readonly complete: number;
  readonly incomplete: number;
  /** Milliseconds from the call that revokes to the index of each gateway. */
  readonly propagation: readonly number[];
  /** Milliseconds from when it is durable until a receipt knows that it is applied. */
  readonly receipts: readonly number[];
}

/** Milliseconds that a revocation waits for a gateway that does not answer. */
const patience = 250;

/** Milliseconds after which whatever was wrong must be well again. */
const recovery = 20_000;

const noFault: Fault = async () => undefined;

/** Revokes at random under load, and has gateways asked about every token: before, after, and all along. */
export class Trial {
  readonly #fleet: Fleet;
  readonly #options: TrialOptions;
  readonly #ledger = new Ledger();
  readonly #living: TokenOnTrial[];
  readonly #dead: TokenOnTrial[];
  readonly #asked = new Set<Promise<unknown>>();
  readonly #revoked: Revoked[] = [];
  #isOver = false;

  /** @param before whose tokens are asked about, too: what is dead stays so */
  constructor(fleet: Fleet, options: TrialOptions, before?: Trial) {
    this.#fleet = fleet;
    this.#options = options;
    this.#living = before === undefined ? [] : [...before.#living];
    this.#dead = before === undefined ? [] : [...before.#dead];
  }

  /** @param fault what happens meanwhile; the revocations go on until it has ended */
  async run(fault = noFault): Promise<Verdict> {
    const { load, concurrency, revocations, pauseMs } = this.#options;
    const maker = await CaseMaker.with(this.#fleet.mint, this.#fleet.clients);
    const loads = this.#fleet.gates.flatMap((gate) => Array.from({ length: load }, () => this.#load(gate)));
    let isFaulty = true;
    const faulty = fault(this.#fleet).finally(() => {
      isFaulty = false;
    });
    let begun = 0;
    const revokeOnAndOn = async (): Promise<void> => {
      while (begun++ < revocations || isFaulty) {
        await this.#try(await maker.next().catch(() => undefined));
        await delay(pauseMs);
      }
    };
    try {
      await Promise.all([faulty, ...Array.from({ length: concurrency }, revokeOnAndOn)]);
    } finally {
      this.#isOver = true;
    }
    await Promise.all([...loads, ...this.#asked]);
    await this.#askAboutAll();
    return this.#verdict();
  }

  async #try(made: Case | undefined): Promise<void> {
    if (made === undefined) return void (await delay(100)); // The provider cannot issue now.
    const { revocation, victims, bystanders } = made;
    this.#living.push(...bystanders);
    await this.#askEverywhere([...victims, ...bystanders]);
    for (const victim of victims) victim.isDoomed = true;
    const revoked = await this.#fleet.operator.revoke(revocation);
    this.#believe(revoked, victims);
    this.#dead.push(...victims);
    await this.#askEverywhere([...victims, ...bystanders]);
  }

  /** From here on, no gateway that the receipt speaks of may let them in. */
  #believe(revoked: Revoked, victims: readonly TokenOnTrial[]): void {
    const { receipt } = revoked;
    this.#revoked.push(revoked);
    const reached = receipt.gateways.filter(({ state }) => state !== 'pending').map(({ name }) => name);
    const named = receipt.complete ? this.#fleet.gates.map(({ name }) => name) : reached;
    for (const victim of victims) for (const name of named) victim.deadAt.add(name);
  }

  async #askEverywhere(tokens: readonly TokenOnTrial[]): Promise<void> {
    const answers = this.#fleet.gates.flatMap((gate) => tokens.map((token) => this.#ledger.ask(gate, token)));
    const all = Promise.all(answers);
    this.#asked.add(all);
    void all.then(() => this.#asked.delete(all));
    await Promise.race([all, delay(patience)]);
  }

  async #load(gate: Gate): Promise<void> {
    while (!this.#isOver) {
      const tokens = Math.random() < 0.5 ? this.#living : this.#dead;
      const token = tokens[Math.floor(Math.random() * tokens.length)];
      const { status } = token === undefined ? { status: 0 } : await this.#ledger.ask(gate, token);
      await delay(status === 0 ? 20 : this.#options.pauseMs);
    }
  }

  /** Each token once more, wherever nothing is remembered of it, too: by now all is well again. */
  async #askAboutAll(): Promise<void> {
    const tokens = new Set([...this.#dead, ...this.#living]);
    const askOnAndOn = async (gate: Gate, left: TokenOnTrial[]): Promise<void> => {
      for (let token = left.pop(); token !== undefined; token = left.pop()) await this.#askInTheEnd(gate, token);
    };
    await Promise.all(
      this.#fleet.gates.flatMap((gate) => {
        const left = [...tokens];
        return Array.from({ length: 8 }, () => askOnAndOn(gate, left));
      }),
    );
  }

  async #askInTheEnd(gate: Gate, token: TokenOnTrial): Promise<void> {
    const deadline = performance.now() + recovery;
    for (;;) {
      const { status } = await this.#ledger.ask(gate, token);
      if (status !== 503 && status !== 0) return;
      if (performance.now() > deadline) throw new Error(`The gateway ${gate.name} does not recover.`);
      await delay(50);
    }
  }

  #verdict(): Verdict {
    const complete = this.#revoked.filter(({ receipt }) => receipt.complete).length;
    return {
      tally: this.#ledger.tally,
      complete,
      incomplete: this.#revoked.length - complete,
      propagation: this.#revoked.flatMap((revoked) => this.#propagationOf(revoked)),
      receipts: this.#revoked.flatMap(({ receipt }) => receipt.gateways.flatMap(({ after_ms }) => after_ms ?? [])),
    };
  }

  #propagationOf({ items, askedAt }: Revoked): readonly number[] {
    const last = items.at(-1)?.seq ?? 0;
    return this.#fleet.gates.flatMap(({ process }) => {
      const at = process.appliedAt.get(last);
      return at === undefined ? [] : [at - askedAt];
    });
  }
}

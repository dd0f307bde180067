import type { Answer, Gate } from './gate.ts';
import type { TokenOnTrial } from './token-on-trial.ts';

/** What gateways did, counted. */
export interface Tally {
  /** Dead by a receipt before it was sent, and let in: there is no excuse. */
  letIn: number;
  /** Dead by a receipt, and refused for that. */
  refused: number;
  /** Dead by a receipt, and refused by a gateway that may have missed something, or that could ask nobody. */
  refusedUnasked: number;
  /** Living, and let in. */
  served: number;
  /** Living, and refused with 503, by code and gateway. */
  readonly unavailable: Map<string, number>;
  /** Sent to a gateway that was not there. */
  unanswered: number;
  /** Sent while the token was being revoked: either is right. */
  undecided: number;
  /** Answers that no rule allows, but for those that let in. */
  readonly wrong: Map<string, number>;
}

/** Asks gateways and judges what they say by what was known BEFORE they were asked. */
export class Ledger {
  readonly tally: Tally = {
    ...{ letIn: 0, refused: 0, refusedUnasked: 0, served: 0, unanswered: 0, undecided: 0 },
    unavailable: new Map(),
    wrong: new Map(),
  };

  async ask(gate: Gate, token: TokenOnTrial): Promise<Answer> {
    const wasDead = token.deadAt.has(gate.name);
    const answer = await gate.ask(token);
    if (answer.status === 0) this.tally.unanswered++;
    else if (wasDead) this.#judgeOfDead(gate, answer);
    else if (!token.isDoomed) this.#judgeOfLiving(gate, answer);
    else this.tally.undecided++;
    return answer;
  }

  #judgeOfDead(gate: Gate, { status, code }: Answer): void {
    if (status === 200) this.tally.letIn++;
    else if (status === 401 && code === 'token_revoked') this.tally.refused++;
    else if (status === 503) this.tally.refusedUnasked++;
    else count(this.tally.wrong, `dead: ${status} ${code} at ${gate.name}`);
  }

  #judgeOfLiving(gate: Gate, { status, code }: Answer): void {
    if (status === 200) this.tally.served++;
    else if (status === 503) count(this.tally.unavailable, `${code} at ${gate.name}`);
    else count(this.tally.wrong, `living: ${status} ${code} at ${gate.name}`);
  }
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

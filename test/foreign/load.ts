import type { RunningGatehouse } from '../e2e/running-gatehouse.ts';
import { type Said, show } from './one-issuer-house.ts';

/** What was said to one token under load. */
export interface Heard {
  readonly kind: string;
  readonly said: Pick<Said, 'status' | 'code'>;
}

/** Shows tokens of all kinds side by side, a lane for each kind, until it is stopped. */
export class Load {
  readonly heard: Heard[] = [];
  readonly #house: RunningGatehouse;
  /** A kind without a token for now waits. */
  readonly #kinds: Readonly<Record<string, () => string | undefined>>;
  #stopped = false;
  #lanes: Promise<unknown> | undefined;

  constructor(house: RunningGatehouse, kinds: Readonly<Record<string, () => string | undefined>>) {
    this.#house = house;
    this.#kinds = kinds;
  }

  start(pauseMs: number): void {
    this.#lanes = Promise.all(Object.entries(this.#kinds).map(([kind, make]) => this.#lane(kind, make, pauseMs)));
  }

  /** @returns all that was heard */
  async stop(): Promise<readonly Heard[]> {
    this.#stopped = true;
    await this.#lanes;
    return this.heard;
  }

  async #lane(kind: string, make: () => string | undefined, pauseMs: number): Promise<void> {
    while (!this.#stopped) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      const token = make();
      if (token === undefined) continue;
      const { status, code } = await show(this.#house, token);
      this.heard.push({ kind, said: { status, code } });
    }
  }
}

/** How often each answer was given to a kind of token. */
export function answersTo(kind: string, heard: readonly Heard[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind: other, said } of heard) {
    if (other !== kind) continue;
    const answer = said.code === undefined ? String(said.status) : `${said.status} ${said.code}`;
    counts[answer] = (counts[answer] ?? 0) + 1;
  }
  return counts;
}

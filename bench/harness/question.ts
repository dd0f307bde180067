import type { Goal } from './goal.ts';
import type { Site } from './site.ts';
import type { Tool } from './tools.ts';

/** One round of measuring: the value that the goal is about, and what it was made of. */
export interface Round {
  readonly value: number;
  /** By the name of a system, in the unit of the question. */
  readonly figures: Readonly<Record<string, number>>;
  /** How much of its core each system had, from 0 to 1, where it was one at full load. */
  readonly shares?: Readonly<Record<string, number>>;
}

export interface Question {
  /** As it is called on the command line. */
  readonly name: string;
  readonly asks: string;
  readonly goal: Goal;
  /** What the figures of a round count, such as `requests/s`. */
  readonly unit: string;
  readonly needs: readonly Tool[];
  /** @throws where a system lets in what it should not, or fails under the load */
  measure(site: Site): Promise<readonly Round[]>;
}

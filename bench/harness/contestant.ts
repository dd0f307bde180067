import type { Running } from './running.ts';
import type { Site } from './site.ts';

/** How wrk loads a system: one of the scripts beside this file, and what it is given. */
export interface Load {
  readonly script: 'cycle-tokens.lua' | 'issue-tokens.lua';
  readonly url: string;
  readonly args: readonly string[];
}

/** A system with the work that it is measured by. */
export interface Contestant {
  /** As the table calls it. */
  readonly label: string;
  readonly load: Load;
  start(site: Site): Promise<Running>;
  /** @throws where it lets in what it should not, or the other way round */
  verify(): Promise<void>;
}

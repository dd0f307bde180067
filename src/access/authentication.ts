import type { GenerationalCache } from '../base/generational-cache.ts';
import type { Accepted } from '../protocol/verdict.ts';
import type { Authenticated } from './authenticated.ts';
import type { SignatureTurns } from './signature-turns.ts';

/** What authentication needs, made once. */
export interface Authentication {
  /** Characters; longer tokens are refused before anything is decoded. */
  readonly maxTokenLength: number;
  /** By the whole token, so that no two tokens share an entry. Good tokens only: garbage cannot push them out. */
  readonly cache: GenerationalCache<Accepted<Authenticated>>;
  /** Undefined: signatures are checked at once. */
  readonly turns: SignatureTurns | undefined;
}

/** The same, for what does not wait for a turn. */
export function atOnce(authentication: Authentication): Authentication {
  return { ...authentication, turns: undefined };
}

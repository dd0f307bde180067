import type { Access } from '../access/index.ts';
import type { Clock } from '../base/clock.ts';
import type { Generation } from './generation.ts';
import type { Reviews } from './reviews.ts';

/** What all exchanges share; the generation is the one thing in it that a reload replaces. */
export interface House {
  readonly access: Pick<Access, 'decide' | 'review'>;
  readonly clock: Clock;
  readonly reviews: Reviews;
  generation: Generation;
  isClosing: boolean;
}

import type { Check } from './check.ts';

/**
 * Told of each check that passed, in order, with its facts. `explain` runs the journey of a request with a witness;
 * the gateway runs the very same code without one.
 */
export type Witness = (check: Check, facts: Readonly<Record<string, unknown>>) => void;

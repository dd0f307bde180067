import { setFlagsFromString } from 'node:v8';

/**
 * Lets the young generation of the heap grow, which bin/gatehouse.js keeps small while the program is loaded: from now on
 * most of what is made is garbage at once, and a large one is collected less often. V8 reads the factor whenever it grows.
 */
export function growUnderLoad(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}

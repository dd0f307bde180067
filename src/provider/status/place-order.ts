import { createHmac } from 'node:crypto';

/**
 * Places of a list: 2^14. So many that its size and its address tell next to nothing of a token, and so few that all of
 * its tokens are read in a tenth of a second.
 */
export const listSize = 2 ** 14;

const halfBits = 7;
const halfMask = 2 ** halfBits - 1;

/** As many as FF1 has (NIST SP 800-38G section 5.1): few would show patterns, halves being so small. */
const rounds = 10;

/**
 * The n-th place to be given: every place comes once, in an order that nobody can tell who does not know the seed, so
 * that an index says neither when its token was issued nor which came after it. A Feistel network.
 */
export function placeAt(seed: string, nth: number): number {
  let [left, right] = [nth >>> halfBits, nth & halfMask];
  for (let round = 0; round < rounds; round++) [left, right] = [right, left ^ scrambled(seed, round, right)];
  return (left << halfBits) | right;
}

function scrambled(seed: string, round: number, half: number): number {
  const digest = createHmac('sha256', seed).update(Uint8Array.of(round, half)).digest();
  return (digest[0] ?? 0) & halfMask;
}

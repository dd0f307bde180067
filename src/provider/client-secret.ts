import { hash, timingSafeEqual } from 'node:crypto';

/** Compares a secret with a SHA-256 in hex, in constant time. */
export function secretFits(secret: string, expectedHash: string): boolean {
  const expected = Buffer.from(expectedHash, 'hex');
  const actual = hash('sha256', secret, 'buffer');
  return expected.length === actual.length && timingSafeEqual(actual, expected);
}

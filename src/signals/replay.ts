import type { EpochMs } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import type { SignalPath } from './channels.ts';
import type { SignedClaims } from './read-signed.ts';
import type { Receiver } from './receiver.ts';

/** Milliseconds: two weeks, longer than any transmitter goes on sending. Then it is done once more, to no effect. */
export const memoryOfSets = 14 * 24 * 60 * 60 * 1000;

/** By what a signal is known again: a `jti` is unique for its issuer only (RFC 7519 section 4.1.7). */
export function digestOf({ name }: Receiver, path: SignalPath, { iss, jti }: SignedClaims): string {
  // What was pushed and what was polled are one stream.
  const kind = path === 'poll' ? 'push' : path;
  return sha256Hex(JSON.stringify([name, kind, iss, jti]));
}

/** Until when a token that is good once must be known: for as long as it is accepted at all. */
export function knownUntil({ iat }: SignedClaims, maxAgeSeconds: number, leewaySeconds: number): EpochMs {
  return Math.ceil(iat + maxAgeSeconds + leewaySeconds + 60) * 1000;
}

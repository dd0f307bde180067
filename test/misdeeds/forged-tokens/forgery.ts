import type { RejectionCode } from '../../../src/protocol/rejection.ts';
import { aSigningKey, keySetOf } from '../../fixtures/a-jwt.ts';

/** A token that somebody might send, and why it is refused. */
export interface Forgery {
  /** How it is forged. */
  readonly name: string;
  /** Made when asked for, since some take a while. */
  readonly token: () => string;
  readonly code: RejectionCode;
}

export function forgery(code: RejectionCode, name: string, token: () => string): Forgery {
  return { name, token, code };
}

/** The key most forgeries are signed by, and it is the issuer's own: they are refused for something else. */
export const issuerKey = aSigningKey('ES256');

/** Every key of the issuer; none declares its `alg`. */
export const issuerKeys = [
  issuerKey,
  aSigningKey('ES384'),
  aSigningKey('ES512'),
  aSigningKey('RS256'),
  aSigningKey('EdDSA'),
] as const;

/** What the issuer publishes. */
export const issuerKeySet = keySetOf(...issuerKeys);

/** A key of the attacker, for any algorithm. */
export function attackerKey(alg: string) {
  return aSigningKey(alg, 'attacker');
}

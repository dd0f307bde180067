import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { EpochMs } from '../../base/clock.ts';
import { sha256Hex } from '../../base/sha256.ts';

/** A sign-in that was begun at an issuer. */
export interface Attempt {
  /** Random; what makes it this one. */
  readonly id: string;
  /** The interaction that it is for. */
  readonly interaction: string;
  /** The issuer's name and identifier as they were then. */
  readonly name: string;
  readonly issuer: string;
  /** SHA-256 of the cookie of the browser that has begun it. */
  readonly browser: string;
  readonly at: EpochMs;
  /** Whether the person had to sign in anew there (`prompt=login`). */
  readonly anew: boolean;
  /** `max_age` of the client's request, seconds. */
  readonly maxAge?: number | undefined;
}

/** What an attempt is made of, besides its id. */
export type NewAttempt = Omit<Attempt, 'id' | 'browser'>;

export function newAttempt(facts: NewAttempt, browserSecret: string): Attempt {
  return { ...facts, id: randomBytes(16).toString('base64url'), browser: sha256Hex(browserSecret) };
}

const sealing = { alg: 'dir', enc: 'A256GCM' } as const;

/** The attempt as `state`: a JWE (RFC 7516) that only we can read or make. */
export function seal(attempt: Attempt, secret: string): Promise<string> {
  const plaintext = new TextEncoder().encode(JSON.stringify(attempt));
  return new CompactEncrypt(plaintext).setProtectedHeader(sealing).encrypt(keyOf(secret));
}

/** @returns undefined where it is nothing that we have sealed */
export async function unseal(state: string, secret: string): Promise<Attempt | undefined> {
  try {
    const options = { keyManagementAlgorithms: [sealing.alg], contentEncryptionAlgorithms: [sealing.enc] };
    const { plaintext } = await compactDecrypt(state, keyOf(secret), options);
    return JSON.parse(new TextDecoder().decode(plaintext)) as Attempt;
  } catch {
    return undefined;
  }
}

function keyOf(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'state of federated sign-ins', 32));
}

/** What only the browser and we together can make of an attempt. */
export interface AttemptSecrets {
  /** `code_verifier` (RFC 7636 section 4.1): 43 characters. */
  readonly codeVerifier: string;
  readonly nonce: string;
}

/** Derived, so that neither the store nor the state holds them. */
export function attemptSecrets({ id }: Attempt, browserSecret: string, secret: string): AttemptSecrets {
  const derive = (use: string): string =>
    createHmac('sha256', secret).update(`federated ${use} ${id} ${browserSecret}`).digest('base64url');
  return { codeVerifier: derive('verifier'), nonce: derive('nonce') };
}

import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { EpochMs } from '../base/clock.ts';
import type { Claims } from '../protocol/claims.ts';
import type { SigningKey } from './ports/signing-key-store.ts';
import { algorithmFacts, isSigningAlgorithm, type SigningAlgorithm } from './signing-algorithms.ts';

/** A key of ours, ready to sign. */
export interface LoadedKey extends SigningKey {
  readonly algorithm: SigningAlgorithm;
  readonly signer: KeyObject;
  /** As it is published (RFC 7517). */
  readonly publicKey: JWK;
}

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'] as const;

/** @throws TypeError where a stored key is of an algorithm that this version does not know */
export function loadKey(key: SigningKey): LoadedKey {
  const { algorithm, id, privateKey } = key;
  if (!isSigningAlgorithm(algorithm)) throw new TypeError(`The signing key ${id} is of the unknown ${algorithm}.`);
  const publicKey: JWK = { ...privateKey, kid: id, alg: algorithm, use: 'sig' };
  for (const member of privateMembers) delete publicKey[member];
  const signer = createPrivateKey({ key: privateKey, format: 'jwk' });
  return Object.freeze({ ...key, algorithm, signer, publicKey: Object.freeze(publicKey) });
}

/** A fresh key, named by its thumbprint (RFC 7638). */
export async function newSigningKey(algorithm: SigningAlgorithm, createdAt: EpochMs): Promise<SigningKey> {
  const { privateKey } = await algorithmFacts(algorithm).generate();
  const jwk = privateKey.export({ format: 'jwk' }) as JWK;
  const id = await calculateJwkThumbprint(jwk);
  return { id, algorithm, privateKey: jwk, createdAt, signsFrom: undefined, publishedUntil: undefined };
}

/**
 * A JWS in compact form (RFC 7515 section 7.1) over the claims. Synchronous, for callers on the path of a request.
 *
 * @param typ the header's `typ`, such as `at+jwt`
 */
export function signJwt({ algorithm, id, signer }: LoadedKey, claims: Claims, typ: string): string {
  const { digest, dsaEncoding } = algorithmFacts(algorithm);
  const input = `${encoded({ alg: algorithm, typ, kid: id })}.${encoded(claims)}`;
  const key = dsaEncoding === undefined ? signer : { key: signer, dsaEncoding };
  return `${input}.${sign(digest, Buffer.from(input), key).toString('base64url')}`;
}

function encoded(part: Claims): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

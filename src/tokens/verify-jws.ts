import { accept, type Verdict } from '../protocol/verdict.ts';
import { algorithmNames } from './algorithms.ts';
import { decodeJws } from './decode.ts';
import type { JoseHeader } from './header.ts';
import { importPublicHalf } from './import-key.ts';
import { createKeySet } from './key-set.ts';
import { verifySignature } from './verify-signature.ts';

/** What a JWS says, and its keys vouch for. */
export interface VerifiedJws {
  readonly header: JoseHeader;
  /** Any bytes; none, where the payload is empty. */
  readonly payload: Uint8Array;
}

const maxLength = 16 * 1024;

/**
 * Verifies a JWS in compact form (RFC 7515 section 5.2): structure, decoding, key and signature, as strictly as for an
 * access token, and nothing of what it says. Detached content (RFC 7515 appendix F) is taken for an empty payload.
 *
 * @param compact at most 16 KiB
 * @param jwks a JWK Set, or a single JWK. The caller vouches for the keys, so of a private one the public half is used;
 *   keys that cannot verify anything are passed over.
 */
export function verifyJws(compact: string, jwks: unknown): Verdict<VerifiedJws> {
  const jws = decodeJws(compact, maxLength);
  if (!jws.ok) return jws;
  const { header, payload } = jws.value;
  const keys = jwksOf(jwks, header)
    .map(importPublicHalf)
    .filter((key) => typeof key === 'object');
  const signer = verifySignature(jws.value, algorithmNames, createKeySet(keys));
  return signer.ok ? accept({ header, payload }) : signer;
}

/** A single JWK that has no `kid` is the one that the caller means, whatever `kid` the header has. */
function jwksOf(jwks: unknown, { kid }: JoseHeader): readonly unknown[] {
  if (typeof jwks !== 'object' || jwks === null) return [];
  if ('keys' in jwks) return Array.isArray(jwks.keys) ? jwks.keys : [];
  return ['kid' in jwks || kid === undefined ? jwks : { ...jwks, kid }];
}

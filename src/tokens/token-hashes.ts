import { sha256Hex } from '../base/sha256.ts';
import { algorithmNamed } from './algorithms.ts';
import { decodeJws } from './decode.ts';

/**
 * Every SHA-256 under which the bearer of a token can present it: that of the token, and where ECDSA signed it, that of
 * its twin. For if (R, S) is a signature then so is (R, n - S): whoever revokes a token by its hash must name both, or
 * the bearer turns S round and goes on.
 */
export function tokenHashes(token: string): readonly string[] {
  const twin = twinOf(token);
  return twin === undefined ? [sha256Hex(token)] : [sha256Hex(token), sha256Hex(twin)];
}

function twinOf(token: string): string | undefined {
  const jws = decodeJws(token, token.length);
  if (!jws.ok) return undefined;
  const algorithm = algorithmNamed(jws.value.header.alg);
  const { signature } = jws.value;
  if (algorithm?.order === undefined || signature.length !== algorithm.signatureLength) return undefined;
  const twin = turned(signature, algorithm.order);
  return twin === undefined ? undefined : `${token.slice(0, token.lastIndexOf('.') + 1)}${twin.toString('base64url')}`;
}

function turned(signature: Buffer, order: bigint): Buffer | undefined {
  const half = signature.length / 2;
  const s = order - BigInt(`0x${signature.toString('hex', half)}`);
  if (s <= 0n) return undefined;
  const twin = Buffer.from(signature);
  twin.write(s.toString(16).padStart(2 * half, '0'), half, 'hex');
  return twin;
}

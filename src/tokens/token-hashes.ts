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
  const order = jws.ok ? algorithmNamed(jws.value.header.alg)?.order : undefined;
  if (!jws.ok || order === undefined) return undefined;
  const { signature } = jws.value;
  const half = signature.length / 2;
  const mirrored = order - BigInt(`0x0${Buffer.from(signature.subarray(half)).toString('hex')}`);
  if (mirrored <= 0n) return undefined;
  const s = Buffer.from(mirrored.toString(16).padStart(2 * half, '0'), 'hex');
  const twin = Buffer.concat([signature.subarray(0, half), s]).toString('base64url');
  return `${token.slice(0, token.lastIndexOf('.') + 1)}${twin}`;
}

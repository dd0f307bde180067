import { createPublicKey, type KeyObject } from 'node:crypto';
import { decodeBase64url } from '../base/base64url.ts';
import { isRocaModulus } from './is-roca-modulus.ts';
import type { KeyMaterial, SkipReason } from './verification-key.ts';

/** A JWK (RFC 7517 section 4) before anything in it was looked at. */
export type Jwk = Readonly<Record<string, unknown>>;

type Import = (jwk: Jwk) => KeyMaterial | SkipReason;

/** Makes the public key out of a JWK's public members; the others are not read. */
export function importMaterial(jwk: Jwk): KeyMaterial | SkipReason {
  const importType = typeof jwk['kty'] === 'string' ? types[jwk['kty']] : undefined;
  return importType === undefined ? 'type_unsupported' : importType(jwk);
}

const types: Readonly<Record<string, Import>> = Object.freeze(
  Object.assign(Object.create(null), { RSA: importRsa, EC: importEc, OKP: importOkp, oct: () => 'symmetric' }),
);

/** OpenSSL verifies with no longer ones, and needs milliseconds for those. */
const longestModulusBits = 16384;

/** RFC 7518 section 6.3.1 */
function importRsa({ n, e }: Jwk): KeyMaterial | SkipReason {
  if (!isBytes(n) || !isBytes(e)) return 'malformed';
  const publicKey = createKey({ kty: 'RSA', n, e });
  if (publicKey === undefined) return 'malformed';
  const { modulusLength: bits = 0, publicExponent = 0n } = publicKey.asymmetricKeyDetails ?? {};
  // RFC 7518 section 3.3: "A key of size 2048 bits or larger MUST be used with these algorithms."
  if (bits < 2048) return 'rsa_modulus_too_short';
  if (bits > longestModulusBits) return 'rsa_modulus_too_long';
  if (!isSafeExponent(publicExponent)) return 'rsa_exponent_unsafe';
  if (isRocaModulus(toNumber(n))) return 'rsa_modulus_factorable';
  return { type: 'RSA', curve: undefined, publicKey, modulusLength: Math.ceil(bits / 8) };
}

/**
 * FIPS 186-5 appendix A.1.1 wants an odd exponent above 2^16: with 3, sloppy padding checks have led to forgeries.
 * The upper bound is OpenSSL's for long moduli: beyond it an exponent costs time and gains nothing.
 */
function isSafeExponent(exponent: bigint): boolean {
  return exponent > 2n ** 16n && exponent < 2n ** 64n && exponent % 2n === 1n;
}

const coordinateLengths: Readonly<Record<string, number>> = Object.freeze(
  Object.assign(Object.create(null), { 'P-256': 32, 'P-384': 48, 'P-521': 66 }),
);

/** RFC 7518 section 6.2.1.2: the length of a coordinate "MUST be the full size of a coordinate for the curve". */
function importEc({ crv, x, y }: Jwk): KeyMaterial | SkipReason {
  if (typeof crv !== 'string') return 'malformed';
  const length = coordinateLengths[crv];
  if (length === undefined) return 'curve_unsupported';
  if (!isBytes(x, length) || !isBytes(y, length)) return 'malformed';
  // OpenSSL refuses a point that is not on the curve.
  const publicKey = createKey({ kty: 'EC', crv, x, y });
  return publicKey === undefined ? 'malformed' : { type: 'EC', curve: crv, publicKey, modulusLength: undefined };
}

/** RFC 8037 section 2; Ed25519 is the one curve of it that is taken. */
function importOkp({ crv, x }: Jwk): KeyMaterial | SkipReason {
  if (crv !== 'Ed25519') return 'curve_unsupported';
  if (!isBytes(x, 32)) return 'malformed';
  const publicKey = createKey({ kty: 'OKP', crv, x });
  return publicKey === undefined ? 'malformed' : { type: 'OKP', curve: crv, publicKey, modulusLength: undefined };
}

/** Strict base64url of at least one byte, or of exactly as many as `length` says. */
function isBytes(value: unknown, length?: number): value is string {
  const bytes = typeof value === 'string' ? decodeBase64url(value) : undefined;
  return bytes !== undefined && (length === undefined ? bytes.length > 0 : bytes.length === length);
}

function toNumber(base64url: string): bigint {
  return BigInt(`0x${Buffer.from(base64url, 'base64url').toString('hex')}`);
}

function createKey(publicMembers: Record<string, string>): KeyObject | undefined {
  try {
    return createPublicKey({ key: publicMembers, format: 'jwk' });
  } catch {
    return undefined;
  }
}

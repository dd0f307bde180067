import { constants, type KeyObject, verify } from 'node:crypto';

/** The JWS algorithms there are (RFC 7518 section 3.1, RFC 8037 section 3.1, RFC 9864 section 2.2): asymmetric ones. */
export type AlgorithmName =
  | 'RS256'
  | 'RS384'
  | 'RS512'
  | 'PS256'
  | 'PS384'
  | 'PS512'
  | 'ES256'
  | 'ES384'
  | 'ES512'
  | 'EdDSA'
  | 'Ed25519';

/** All that is to know of an algorithm. Code receives the row, never the name. */
export interface Algorithm {
  readonly name: AlgorithmName;
  /** `kty` of its keys. */
  readonly keyType: 'RSA' | 'EC' | 'OKP';
  /** `crv` of its keys; undefined for RSA. */
  readonly curve: string | undefined;
  /** Bytes; undefined where a signature is as long as the modulus of the key. */
  readonly signatureLength: number | undefined;
  /** The order of the curve's base point, for ECDSA. */
  readonly order?: bigint;
  verify(key: KeyObject, input: Uint8Array, signature: Uint8Array): boolean;
}

type Digest = 'sha256' | 'sha384' | 'sha512';

/** RSASSA-PKCS1-v1_5, RFC 7518 section 3.3. */
function pkcs1(name: AlgorithmName, digest: Digest): Algorithm {
  return Object.freeze({
    name,
    keyType: 'RSA',
    curve: undefined,
    signatureLength: undefined,
    verify: (key: KeyObject, input: Uint8Array, signature: Uint8Array) => verify(digest, input, key, signature),
  });
}

/** RSASSA-PSS, RFC 7518 section 3.5: "The size of the salt value is the same size as the hash function output." */
function pss(name: AlgorithmName, digest: Digest): Algorithm {
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  return Object.freeze({
    name,
    keyType: 'RSA',
    curve: undefined,
    signatureLength: undefined,
    verify: (key: KeyObject, input: Uint8Array, signature: Uint8Array) =>
      verify(digest, input, { key, padding, saltLength }, signature),
  });
}

/** ECDSA, RFC 7518 section 3.4: the signature is R and S, each as long as a coordinate, and never DER. */
function ecdsa(name: AlgorithmName, digest: Digest, curve: string, order: bigint): Algorithm {
  const dsaEncoding = 'ieee-p1363';
  const signatureLength = 2 * Math.ceil(order.toString(2).length / 8);
  return Object.freeze({
    name,
    keyType: 'EC',
    curve,
    signatureLength,
    order,
    verify: (key: KeyObject, input: Uint8Array, signature: Uint8Array) =>
      hasPositiveHalves(signature) && verify(digest, input, { key, dsaEncoding }, signature),
  });
}

/** R and S are positive. A famous library that did not look let the all-zero signature pass (CVE-2022-21449). */
function hasPositiveHalves(signature: Uint8Array): boolean {
  const half = signature.length / 2;
  return !isZero(signature, 0, half) && !isZero(signature, half, signature.length);
}

function isZero(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && bytes[at] === 0) at++;
  return at === to;
}

/** EdDSA with Ed25519 only, RFC 8037 section 3.1; RFC 9864 section 2.2 names the same algorithm `Ed25519`. */
function ed25519(name: AlgorithmName): Algorithm {
  return Object.freeze({
    name,
    keyType: 'OKP',
    curve: 'Ed25519',
    signatureLength: 64,
    verify: (key: KeyObject, input: Uint8Array, signature: Uint8Array) => verify(null, input, key, signature),
  });
}

/** SEC 2 sections 2.4.2, 2.5.1 and 2.6.1 */
const orderOfP256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const orderOfP384 = 2n ** 384n - 0x389cb27e0bc8d220a7e5f24db74f58851313e695333ad68dn;
const orderOfP521 = 2n ** 521n - 0x5ae79787c40d069948033feb708f65a2fc44a36477663b851449048e16ec79bf7n;

/** HS256 and its like and `none` are absent, and nothing adds them: a secret is no key of an issuer's key set. */
const table: Readonly<Record<string, Algorithm>> = Object.freeze(
  Object.assign(Object.create(null), {
    RS256: pkcs1('RS256', 'sha256'),
    RS384: pkcs1('RS384', 'sha384'),
    RS512: pkcs1('RS512', 'sha512'),
    PS256: pss('PS256', 'sha256'),
    PS384: pss('PS384', 'sha384'),
    PS512: pss('PS512', 'sha512'),
    ES256: ecdsa('ES256', 'sha256', 'P-256', orderOfP256),
    ES384: ecdsa('ES384', 'sha384', 'P-384', orderOfP384),
    ES512: ecdsa('ES512', 'sha512', 'P-521', orderOfP521),
    EdDSA: ed25519('EdDSA'),
    Ed25519: ed25519('Ed25519'),
  } satisfies Record<AlgorithmName, Algorithm>),
);

export const algorithms: readonly Algorithm[] = Object.freeze(Object.values(table));

export const algorithmNames: readonly AlgorithmName[] = Object.freeze(algorithms.map(({ name }) => name));

/** Names are case-sensitive (RFC 7515 section 4.1.1). */
export function algorithmNamed(name: string): Algorithm | undefined {
  return table[name];
}

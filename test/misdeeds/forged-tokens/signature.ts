import { constants, sign } from 'node:crypto';
import { algorithmNamed } from '../../../src/tokens/algorithms.ts';
import { aJwt, aSigningKey, encode, type SigningKey, signatureBy } from '../../fixtures/a-jwt.ts';
import { attackerKey, type Forgery, forgery } from './forgery.ts';

const algorithms = ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'EdDSA'];

/** PS256 signs with the RSA key that the issuer publishes for RS256. */
function issuersKey(alg: string): SigningKey {
  return alg === 'PS256' ? { ...aSigningKey('RS256'), alg } : aSigningKey(alg);
}

function resigned(alg: string, change: (signature: Buffer, input: string) => Uint8Array): () => string {
  return () => {
    const token = aJwt(issuersKey(alg));
    const dot = token.lastIndexOf('.');
    const input = token.slice(0, dot);
    return `${input}.${encode(change(Buffer.from(token.slice(dot + 1), 'base64url'), input))}`;
  };
}

function flipped(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(bytes);
  const index = at < 0 ? bytes.length + at : at;
  changed[index] = (changed[index] ?? 0) ^ 1;
  return changed;
}

const general: Record<string, (signature: Buffer, input: string, alg: string) => Uint8Array> = {
  'no signature': () => Buffer.alloc(0),
  zeros: (signature) => Buffer.alloc(signature.length),
  ones: (signature) => Buffer.alloc(signature.length, 0xff),
  'the first bit changed': (signature) => flipped(signature, 0),
  'the last bit changed': (signature) => flipped(signature, -1),
  'the last byte cut off': (signature) => signature.subarray(0, -1),
  'the first byte cut off': (signature) => signature.subarray(1),
  'a zero byte behind': (signature) => Buffer.concat([signature, Buffer.alloc(1)]),
  'a zero byte in front': (signature) => Buffer.concat([Buffer.alloc(1), signature]),
  'the signature twice': (signature) => Buffer.concat([signature, signature]),
  'the bytes in reverse': (signature) => Buffer.from(signature).reverse(),
  'the signature of the payload alone': (_, input, alg) =>
    signatureBy(alg, issuersKey(alg).privateKey, input.split('.')[1] ?? ''),
  'the signature of nothing': (_, __, alg) => signatureBy(alg, issuersKey(alg).privateKey, ''),
  'the signature of another key': (_, input, alg) => signatureBy(alg, attackerKey(alg).privateKey, input),
};

const generalForgeries = algorithms.flatMap((alg) =>
  Object.entries(general).map(([name, change]) =>
    forgery(
      'signature_invalid',
      `${name}, by ${alg}`,
      resigned(alg, (signature, input) => change(signature, input, alg)),
    ),
  ),
);

function number(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}

function octets(value: bigint, length: number): Buffer {
  return Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');
}

type Halves = (r: Buffer, s: Buffer, order: Buffer) => readonly Buffer[];

const ecdsa: Record<string, Halves> = {
  'R is zero': (r, s) => [Buffer.alloc(r.length), s],
  'S is zero': (r, s) => [r, Buffer.alloc(s.length)],
  'R is one and S is zero': (r, s) => [octets(1n, r.length), Buffer.alloc(s.length)],
  'R and S are the order of the curve': (_, __, order) => [order, order],
  'R is the order of the curve': (_, s, order) => [order, s],
  'S is the order of the curve': (r, _, order) => [r, order],
  'R is zero and S is the order': (r, _, order) => [Buffer.alloc(r.length), order],
  'R is one and S is the order': (r, _, order) => [octets(1n, r.length), order],
  'R and S are one': (r, s) => [octets(1n, r.length), octets(1n, s.length)],
  'R and S change places': (r, s) => [s, r],
};

const ecdsaForgeries = ['ES256', 'ES384', 'ES512'].flatMap((alg) => [
  ...Object.entries(ecdsa).map(([name, change]) =>
    forgery(
      'signature_invalid',
      `${name}, by ${alg}`,
      resigned(alg, (signature) => {
        const half = signature.length / 2;
        const order = octets(algorithmNamed(alg)?.order ?? 0n, half);
        return Buffer.concat(change(signature.subarray(0, half), signature.subarray(half), order));
      }),
    ),
  ),
  forgery(
    'signature_invalid',
    `DER, by ${alg}`,
    resigned(alg, (_, input) => sign(`sha${alg.slice(2)}`, Buffer.from(input), issuersKey(alg).privateKey)),
  ),
  forgery(
    'signature_invalid',
    `another digest, by ${alg}`,
    resigned(alg, (_, input) =>
      sign(alg === 'ES256' ? 'sha512' : 'sha256', Buffer.from(input), {
        key: issuersKey(alg).privateKey,
        dsaEncoding: 'ieee-p1363',
      }),
    ),
  ),
]);

const modulus = (): Buffer => Buffer.from(String(aSigningKey('RS256').jwk.n), 'base64url');

const rsa: Record<string, (signature: Buffer, input: string) => Uint8Array> = {
  'the number one': (signature) => octets(1n, signature.length),
  'the modulus': () => modulus(),
  'the modulus less one': (signature) => octets(number(modulus()) - 1n, signature.length),
  'the signature and the modulus': (signature) => {
    const sum = number(signature) + number(modulus());
    return octets(sum, Math.max(signature.length, Math.ceil(sum.toString(16).length / 2)));
  },
  'the negative of the signature': (signature) => octets(number(modulus()) - number(signature), signature.length),
  'SHA-1': (_, input) => sign('sha1', Buffer.from(input), aSigningKey('RS256').privateKey),
  'SHA-512': (_, input) => sign('sha512', Buffer.from(input), aSigningKey('RS256').privateKey),
  'the other padding': (_, input) => sign('sha256', Buffer.from(input), otherPadding(input)),
};

/** For RS256 a signature by PSS, whose salt is no digest long for PS256. */
function otherPadding(input: string) {
  const isPss = Buffer.from(input.split('.')[0] ?? '', 'base64url').includes('PS256');
  const { privateKey: key } = aSigningKey('RS256');
  return isPss
    ? { key, padding: constants.RSA_PKCS1_PADDING }
    : { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
}

const rsaForgeries = ['RS256', 'PS256'].flatMap((alg) => [
  ...Object.entries(rsa).map(([name, change]) =>
    forgery('signature_invalid', `${name}, by ${alg}`, resigned(alg, change)),
  ),
  ...[0, 20, 222].map((saltLength) =>
    forgery(
      'signature_invalid',
      `PSS with a salt of ${saltLength} bytes, by ${alg}`,
      resigned(alg, (_, input) =>
        sign('sha256', Buffer.from(input), {
          key: aSigningKey('RS256').privateKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength,
        }),
      ),
    ),
  ),
]);

/** RFC 8032 section 5.1: the order of the base point; S is little-endian. */
const orderOfEd25519 = 2n ** 252n + 27742317777372353535851937790883648493n;

const ed25519: Record<string, (signature: Buffer) => Uint8Array> = {
  'S and the order of the base point': (signature) => {
    const s = number(Buffer.from(signature.subarray(32)).reverse()) + orderOfEd25519;
    return Buffer.concat([signature.subarray(0, 32), octets(s, 32).reverse()]);
  },
  'the neutral point and zero': () => Buffer.concat([Buffer.from([1]), Buffer.alloc(63)]),
  'R and S change places': (signature) => Buffer.concat([signature.subarray(32), signature.subarray(0, 32)]),
};

const ed25519Forgeries = Object.entries(ed25519).map(([name, change]) =>
  forgery('signature_invalid', `${name}, by EdDSA`, resigned('EdDSA', change)),
);

const borrowed = [
  forgery('signature_invalid', 'the signature of another token', () => {
    const good = aJwt(aSigningKey('ES256')).split('.');
    const richer = aJwt(aSigningKey('ES256'), { scope: 'admin' }).split('.');
    return [good[0], richer[1], good[2]].join('.');
  }),
  forgery('signature_invalid', 'the header of another token', () => {
    const good = aJwt(aSigningKey('ES256')).split('.');
    const other = aJwt(aSigningKey('ES256'), {}, { typ: 'JWT' }).split('.');
    return [other[0], good[1], good[2]].join('.');
  }),
];

export const signatureForgeries: readonly Forgery[] = [
  ...generalForgeries,
  ...ecdsaForgeries,
  ...rsaForgeries,
  ...ed25519Forgeries,
  ...borrowed,
];

import { createPrivateKey, createPublicKey, type JsonWebKeyInput, type KeyObject } from 'node:crypto';
import { sha256Hex } from '../base/sha256.ts';
import type { KeyManagement } from './jwe-algorithms.ts';

/** A private key of ours, for which an issuer encrypts tokens. */
export interface DecryptionKey {
  /** `kid`; undefined where the operator named none: such a key is tried whatever `kid` a token has. */
  readonly id: string | undefined;
  readonly type: KeyManagement['keyType'];
  /** `crv`; undefined for RSA. */
  readonly curve: string | undefined;
  /** Bytes; undefined for EC. */
  readonly modulusLength: number | undefined;
  /** SHA-256 of the public half, lower-case hex: tells whether two keys are the same. */
  readonly fingerprint: string;
  readonly privateKey: KeyObject;
}

/** The text is no private key by which tokens can be decrypted. The message never holds any of the text. */
export class DecryptionKeyInvalid extends Error {
  override readonly name = 'DecryptionKeyInvalid';
}

/**
 * Reads a private key: PEM (PKCS#8, PKCS#1 or SEC1, unencrypted) or a JWK (RFC 7517).
 *
 * @param kid what tokens call the key. Default: the `kid` of the JWK
 * @throws DecryptionKeyInvalid
 */
export function importDecryptionKey(text: string, kid?: string): DecryptionKey {
  const jwk = text.trimStart().startsWith('{') ? parseJwk(text) : undefined;
  if (jwk?.['use'] === 'sig') throw new DecryptionKeyInvalid('The key is for signatures (`use`), not for encryption.');
  const privateKey = readKey(jwk === undefined ? text : { key: jwk, format: 'jwk' });
  const publicKey = createPublicKey(privateKey);
  const named = jwk?.['kid'];
  return Object.freeze({
    id: kid ?? (typeof named === 'string' ? named : undefined),
    ...shapeOf(publicKey),
    fingerprint: sha256Hex(publicKey.export({ type: 'spki', format: 'der' })),
    privateKey,
  });
}

function parseJwk(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new DecryptionKeyInvalid('The key begins as a JWK and is not JSON.');
  }
}

function readKey(input: string | JsonWebKeyInput): KeyObject {
  try {
    return createPrivateKey(input);
  } catch {
    throw new DecryptionKeyInvalid('This is not an unencrypted private key, in PEM or as a JWK.');
  }
}

/** By OpenSSL's names. */
const curves: Readonly<Record<string, string>> = Object.freeze(
  Object.assign(Object.create(null), { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }),
);

function shapeOf(key: KeyObject): Pick<DecryptionKey, 'type' | 'curve' | 'modulusLength'> {
  const { modulusLength: bits = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  const curve = curves[namedCurve];
  if (key.asymmetricKeyType === 'ec' && curve !== undefined) return { type: 'EC', curve, modulusLength: undefined };
  // RFC 7518 section 4.3: "A key of size 2048 bits or larger MUST be used with these algorithms."
  if (key.asymmetricKeyType === 'rsa' && bits >= 2048) {
    return { type: 'RSA', curve: undefined, modulusLength: Math.ceil(bits / 8) };
  }
  throw new DecryptionKeyInvalid('The key must be RSA of 2048 bits or more, or EC on P-256, P-384 or P-521.');
}

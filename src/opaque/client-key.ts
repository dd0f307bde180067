import { createPrivateKey, type JsonWebKeyInput, type KeyObject } from 'node:crypto';

/** A private key of ours, by which an issuer knows us as its client. */
export interface ClientKey {
  readonly privateKey: KeyObject;
  readonly algorithm: 'RS256' | 'PS256' | 'ES256' | 'ES384' | 'EdDSA';
  /** `kid`, where the issuer tells our keys apart by it. */
  readonly id: string | undefined;
}

/** The text is no private key by which a client can authenticate. The message never holds any of the text. */
export class ClientKeyInvalid extends Error {
  override readonly name = 'ClientKeyInvalid';
}

/**
 * Reads a private key: PEM (PKCS#8, PKCS#1 or SEC1, unencrypted) or a JWK (RFC 7517), whose `kid` and `alg` count.
 *
 * @param algorithm where the key says nothing: RS256 for RSA, otherwise what fits the curve
 * @throws ClientKeyInvalid
 */
export function importClientKey(text: string, kid?: string, algorithm?: ClientKey['algorithm']): ClientKey {
  const jwk = text.trimStart().startsWith('{') ? parseJwk(text) : undefined;
  const privateKey = readKey(jwk === undefined ? text : { key: jwk, format: 'jwk' });
  const fitting = algorithmsFor(privateKey);
  const wanted = algorithm ?? textOf(jwk?.['alg']) ?? fitting[0];
  const chosen = fitting.find((name) => name === wanted);
  if (chosen === undefined) {
    throw new ClientKeyInvalid('The key is of no kind that can sign by the algorithm that is asked for.');
  }
  return Object.freeze({ privateKey, algorithm: chosen, id: kid ?? textOf(jwk?.['kid']) });
}

function parseJwk(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new ClientKeyInvalid('The key begins as a JWK and is not JSON.');
  }
}

function readKey(input: string | JsonWebKeyInput): KeyObject {
  try {
    return createPrivateKey(input);
  } catch {
    throw new ClientKeyInvalid('This is not an unencrypted private key, in PEM or as a JWK.');
  }
}

/** RFC 7518 section 3.1 and RFC 8037 section 3.1; the first is the most widely understood. */
function algorithmsFor({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): readonly ClientKey['algorithm'][] {
  const { modulusLength = 0, namedCurve } = asymmetricKeyDetails ?? {};
  // RFC 7518 section 3.3: "A key of size 2048 bits or larger MUST be used"
  if (asymmetricKeyType === 'rsa' && modulusLength >= 2048) return ['RS256', 'PS256'];
  if (asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') return ['ES256'];
  if (asymmetricKeyType === 'ec' && namedCurve === 'secp384r1') return ['ES384'];
  return asymmetricKeyType === 'ed25519' ? ['EdDSA'] : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

import { compactDecrypt } from 'jose';
import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { Witness } from '../protocol/witness.ts';
import { chooseDecryptionKeys, isSameKey } from './choose-decryption-keys.ts';
import { decodeJwe } from './decode-jwe.ts';
import type { DecryptionKey } from './decryption-key.ts';
import { contentEncryptionNames, keyManagementNames } from './jwe-algorithms.ts';
import { recognise } from './recognise.ts';

/** A JWE that was opened. Nothing in it is to be believed: whoever has our public key can make one. */
export interface OpenedJwe {
  /** The signed token within. */
  readonly jws: string;
  /** The key that opened it. */
  readonly key: DecryptionKey;
  /** Whether that key would be tried too if these were all that there are. */
  isTriedAmong(keys: readonly DecryptionKey[]): boolean;
}

/**
 * Decrypts a nested JWT (RFC 7519 section 5.2, RFC 7516 section 5.2): structure, decoding, decryption. What is in it
 * must be a JWS, for encryption is no authentication.
 *
 * @param keys at most four fitting ones are tried
 * @param maxLength in characters; a longer token is refused before anything is decoded
 */
export async function decryptJwe(
  token: string,
  keys: readonly DecryptionKey[],
  maxLength: number,
  witness?: Witness,
): Promise<Verdict<OpenedJwe>> {
  const decoded = decodeJwe(token, maxLength, witness);
  if (!decoded.ok) return decoded;
  const { management, content, kid } = decoded.value.header;
  const candidates = chooseDecryptionKeys(decoded.value, keys);
  for (const key of candidates) {
    const plaintext = await open(token, key);
    if (plaintext === undefined) continue;
    witness?.('decryption', { alg: management.name, enc: content.name, kid, key: describe(key) });
    if (recognise(plaintext) !== 'jwt') return refuse(rejection('encrypted_content_unsigned'));
    const isTriedAmong = (others: readonly DecryptionKey[]): boolean =>
      chooseDecryptionKeys(decoded.value, others).some((other) => isSameKey(key, other));
    return accept({ jws: plaintext, key, isTriedAmong });
  }
  const facts = { alg: management.name, enc: content.name, kid, tried: candidates.map(describe), keys: keys.length };
  return refuse(rejection('decryption_failed', facts));
}

/** The lists say once more what the header was held to, should the library read it otherwise than we do. */
const allowed = {
  keyManagementAlgorithms: [...keyManagementNames],
  contentEncryptionAlgorithms: [...contentEncryptionNames],
};

/** Says nothing about why not: what a wrong key and a forged ciphertext answer must look the same. */
async function open(token: string, { privateKey }: DecryptionKey): Promise<string | undefined> {
  try {
    const { plaintext } = await compactDecrypt(token, privateKey, allowed);
    // A JWS is ASCII; whatever else it is fails to be one.
    return Buffer.from(plaintext).toString('latin1');
  } catch {
    return undefined;
  }
}

function describe({ id, type, curve }: DecryptionKey): Record<string, unknown> {
  return { kid: id, kty: type, crv: curve };
}

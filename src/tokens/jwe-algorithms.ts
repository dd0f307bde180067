/** How the content encryption key of a JWE comes to us (RFC 7518 section 4.1). */
export interface KeyManagement {
  readonly name: 'RSA-OAEP-256' | 'ECDH-ES' | 'ECDH-ES+A256KW';
  /** `kty` of its keys. */
  readonly keyType: 'RSA' | 'EC';
  /** Bytes of the JWE Encrypted Key; undefined where it is as long as the modulus of the key. */
  readonly encryptedKeyLength: number | undefined;
}

/** How the content of a JWE is encrypted (RFC 7518 section 5.1). */
export interface ContentEncryption {
  readonly name: 'A256GCM' | 'A128CBC-HS256';
  /** Bytes of the initialization vector. */
  readonly ivLength: number;
}

/** Both authenticate by 16 bytes: RFC 7518 sections 5.2.3 and 5.3. */
export const authenticationTagLength = 16;

/**
 * Absent, and nothing adds them: PBES2, whose cost the sender chooses; `dir` and the symmetric wraps, whose key the
 * sender has too; RSA1_5, whose padding answers questions (RFC 8725 section 3.2); RSA-OAEP with SHA-1.
 */
const keyManagements: readonly KeyManagement[] = Object.freeze([
  { name: 'RSA-OAEP-256', keyType: 'RSA', encryptedKeyLength: undefined },
  // RFC 7518 section 4.6: the agreed key is the content encryption key, so none is sent.
  { name: 'ECDH-ES', keyType: 'EC', encryptedKeyLength: 0 },
  // RFC 3394 section 2.2.1: 8 bytes longer than the key, which has 32 for either content encryption.
  { name: 'ECDH-ES+A256KW', keyType: 'EC', encryptedKeyLength: 40 },
]);

const contentEncryptions: readonly ContentEncryption[] = Object.freeze([
  { name: 'A256GCM', ivLength: 12 },
  { name: 'A128CBC-HS256', ivLength: 16 },
]);

export const keyManagementNames = Object.freeze(keyManagements.map(({ name }) => name));

export const contentEncryptionNames = Object.freeze(contentEncryptions.map(({ name }) => name));

/** Names are case-sensitive (RFC 7516 section 4.1.1). */
export function keyManagementNamed(name: string): KeyManagement | undefined {
  return keyManagements.find((each) => each.name === name);
}

export function contentEncryptionNamed(name: string): ContentEncryption | undefined {
  return contentEncryptions.find((each) => each.name === name);
}

import type { DecodedJwe } from './decode-jwe.ts';
import type { DecryptionKey } from './decryption-key.ts';
import { authenticationTagLength } from './jwe-algorithms.ts';

/** Bounds the work that a token can cause: opening one with RSA takes about a millisecond. */
const maxCandidates = 4;

/** The keys that may open the token: fitting by type, curve and length, and called as the token says, if it does. */
export function chooseDecryptionKeys(jwe: DecodedJwe, keys: readonly DecryptionKey[]): readonly DecryptionKey[] {
  if (!hasFixedLengths(jwe)) return [];
  const fitting = keys.filter((key) => fits(key, jwe));
  const distinct = fitting.filter((key, at) => fitting.findIndex((other) => isSameKey(key, other)) === at);
  return distinct.slice(0, maxCandidates);
}

/** Whether two keys are one, whatever they are called. */
export function isSameKey(key: DecryptionKey, other: DecryptionKey): boolean {
  return key.fingerprint === other.fingerprint;
}

/** RFC 7518 sections 5.2.2.2 and 5.3: a tag that were shorter could be guessed. */
function hasFixedLengths({ header, lengths }: DecodedJwe): boolean {
  return lengths.iv === header.content.ivLength && lengths.tag === authenticationTagLength;
}

function fits(key: DecryptionKey, { header, lengths }: DecodedJwe): boolean {
  const { management, kid, curve } = header;
  const length = management.encryptedKeyLength ?? key.modulusLength;
  const isNamed = kid === undefined || key.id === undefined || key.id === kid;
  return isNamed && key.type === management.keyType && lengths.encryptedKey === length && isOnCurve(key, curve);
}

function isOnCurve(key: DecryptionKey, curve: string | undefined): boolean {
  return key.curve === undefined || key.curve === curve;
}

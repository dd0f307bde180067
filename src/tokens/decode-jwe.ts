import { decodeBase64url } from '../base/base64url.ts';
import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { Witness } from '../protocol/witness.ts';
import { type JweHeader, readJweHeader } from './jwe-header.ts';
import { parseObject } from './parse-object.ts';

/** A JWE that was decoded, not decrypted: its header, and how long its other parts are. */
export interface DecodedJwe {
  readonly header: JweHeader;
  readonly lengths: { readonly encryptedKey: number; readonly iv: number; readonly tag: number };
}

/**
 * The checks `structure` and `decoding` of a JWE in compact form (RFC 7516 section 5.2, steps 1 to 5). Decoded as
 * strictly as a JWS, so that no other text is the same token.
 */
export function decodeJwe(token: string, maxLength: number, witness?: Witness): Verdict<DecodedJwe> {
  if (token.length > maxLength) return refuse(rejection('token_too_long', { length: token.length, maxLength }));
  const parts = token.split('.', 6);
  const [header, encryptedKey, iv, ciphertext, tag] = parts.map(decodeBase64url);
  if (parts.length !== 5) return refuse(rejection('token_parts_wrong', { parts: token.split('.').length }));
  witness?.('structure', { encryption: 'JWE compact', encryptedLength: token.length });
  if (header === undefined) return refuseEncoding('header');
  if (encryptedKey === undefined) return refuseEncoding('encrypted key');
  if (iv === undefined) return refuseEncoding('initialization vector');
  if (ciphertext === undefined) return refuseEncoding('ciphertext');
  if (tag === undefined) return refuseEncoding('authentication tag');
  const object = parseObject(header, 'header');
  const read = object.ok ? readJweHeader(object.value) : object;
  if (!read.ok) return read;
  const lengths = { encryptedKey: encryptedKey.length, iv: iv.length, tag: tag.length };
  return accept({ header: read.value, lengths });
}

function refuseEncoding(part: string): Verdict<never> {
  return refuse(rejection('encoding_invalid', { part }));
}

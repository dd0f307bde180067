import { decodeBase64url } from '../base/base64url.ts';
import type { JsonObject } from '../protocol/claims.ts';
import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { Witness } from '../protocol/witness.ts';
import { splitCompact } from './compact.ts';
import { decodeHeader } from './decode-header.ts';
import type { JoseHeader } from './header.ts';
import { parseObject } from './parse-object.ts';

/** A JWS that was decoded; nothing in it is to be believed. */
export interface UnverifiedJws {
  readonly header: JoseHeader;
  readonly payload: Buffer;
  readonly signingInput: Buffer;
  readonly signature: Buffer;
}

/** A JWT that was decoded; nothing in it is to be believed. Its type differs from `VerifiedToken`. */
export interface UnverifiedJwt {
  readonly compact: string;
  readonly jws: UnverifiedJws;
  readonly header: JoseHeader;
  readonly payload: JsonObject;
}

/** The checks `structure` and `decoding` of a JWS (RFC 7515 section 5.2, steps 1 to 7), whatever its payload is. */
export function decodeJws(token: string, maxLength: number, witness?: Witness): Verdict<UnverifiedJws> {
  const parts = splitCompact(token, maxLength);
  if (!parts.ok) return parts;
  witness?.('structure', { form: 'JWS compact', length: token.length });
  const header = decodeHeader(parts.value.header);
  if (!header.ok) return header;
  const payload = decodeBase64url(parts.value.payload);
  if (payload === undefined) return refuse(rejection('encoding_invalid', { part: 'payload' }));
  const signature = decodeBase64url(parts.value.signature);
  if (signature === undefined) return refuse(rejection('encoding_invalid', { part: 'signature' }));
  // Both parts have proved to be ASCII.
  const signingInput = Buffer.from(parts.value.signingInput, 'latin1');
  return accept({ header: header.value, payload, signingInput, signature });
}

/**
 * The checks `structure` and `decoding` of a JWT (RFC 7519 section 7.2).
 *
 * @param maxLength in characters; a longer token is refused before anything is decoded
 */
export function decodeJwt(token: string, maxLength: number, witness?: Witness): Verdict<UnverifiedJwt> {
  const jws = decodeJws(token, maxLength, witness);
  if (!jws.ok) return jws;
  const payload = parseObject(jws.value.payload, 'payload');
  if (!payload.ok) return payload;
  const { header } = jws.value;
  witness?.('decoding', { alg: header.alg, typ: header.typ, kid: header.kid, claims: Object.keys(payload.value) });
  return accept({ compact: token, jws: jws.value, header, payload: payload.value });
}

import type { JsonObject } from '../protocol/claims.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import {
  type ContentEncryption,
  contentEncryptionNamed,
  contentEncryptionNames,
  type KeyManagement,
  keyManagementNamed,
  keyManagementNames,
} from './jwe-algorithms.ts';

/** What of the header of a JWE (RFC 7516 section 4) is needed to choose a key. */
export interface JweHeader {
  readonly management: KeyManagement;
  readonly content: ContentEncryption;
  readonly kid: string | undefined;
  /** `crv` of the ephemeral key (RFC 7518 section 4.6.1.1); undefined where there is none. */
  readonly curve: string | undefined;
}

/** All that can be said against the header of a JWE by itself. */
export function readJweHeader(header: JsonObject): Verdict<JweHeader> {
  const { alg, enc, kid, epk } = header;
  const fault = checkParameters(header);
  if (fault !== undefined) return refuse(fault);
  const management = keyManagementNamed(String(alg));
  const content = contentEncryptionNamed(String(enc));
  if (management === undefined || content === undefined) {
    const allowed = { alg: keyManagementNames, enc: contentEncryptionNames };
    return refuse(rejection('encryption_not_allowed', { alg, enc, allowed }));
  }
  return accept({ management, content, kid: textOf(kid), curve: curveOf(epk) });
}

function checkParameters(header: JsonObject): Rejection | undefined {
  // RFC 7516 section 4.1.13: as for a JWS, and we support no extension.
  if ('crit' in header) return rejection('critical_header_unknown', { crit: header['crit'] });
  const mistyped = ['alg', 'enc', 'kid'].find((name) => name in header && typeof header[name] !== 'string');
  if (mistyped !== undefined) return rejection('header_invalid', { parameter: mistyped });
  // RFC 8725 section 3.6: compressed before it was encrypted, a token says by its length what is in it; and a few bytes
  // of it become gigabytes.
  if ('zip' in header) return rejection('encryption_not_allowed', { zip: header['zip'] });
  return undefined;
}

function curveOf(epk: JsonObject[string] | undefined): string | undefined {
  return typeof epk === 'object' && epk !== null && 'crv' in epk ? textOf(epk['crv']) : undefined;
}

function textOf(value: JsonObject[string] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

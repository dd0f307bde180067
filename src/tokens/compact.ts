import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import { recognise } from './recognise.ts';

/** The three parts of a JWS in compact form (RFC 7515 section 7.1), still encoded. */
export interface CompactParts {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
  /** RFC 7515 section 5.2, step 8: the header, a dot and the payload, as they came. */
  readonly signingInput: string;
}

/**
 * The check `structure`. The length is bounded before anything is decoded. The payload may be empty, for a JWS may sign
 * nothing; the signature may be, so that it is the check `key` which refuses an unsecured JWS (RFC 7519 section 6).
 */
export function splitCompact(token: string, maxLength: number): Verdict<CompactParts> {
  if (token.length > maxLength) return refuse(rejection('token_too_long', { length: token.length, maxLength }));
  const first = token.indexOf('.');
  const second = token.indexOf('.', first + 1);
  if (first < 1 || second === -1 || token.includes('.', second + 1)) return refuseParts(token);
  return accept({
    header: token.slice(0, first),
    payload: token.slice(first + 1, second),
    signature: token.slice(second + 1),
    signingInput: token.slice(0, second),
  });
}

function refuseParts(token: string): Verdict<never> {
  if (recognise(token) === 'jwe') return refuse(rejection('token_encrypted'));
  return refuse(rejection('token_parts_wrong', { parts: token.split('.').length }));
}

import { type Rejection, rejection } from '../protocol/rejection.ts';
import type { JwtExpectation } from './expectation.ts';
import type { JoseHeader } from './header.ts';

/**
 * Explicit typing (RFC 8725 section 3.11, RFC 9068 section 4): only the listed types pass, so that ID tokens, logout
 * tokens, security events and proofs which say what they are never do.
 */
export function checkType({ typ }: JoseHeader, { types }: JwtExpectation): Rejection | undefined {
  const type = typ === undefined ? undefined : mediaSubtype(typ);
  return types.includes(type) ? undefined : rejection('token_type_not_accepted', { typ, accepted: types });
}

/** RFC 7515 section 4.1.9: media types compare without case, and `application/` may be left out. */
function mediaSubtype(typ: string): string {
  return typ.toLowerCase().replace(/^application\//, '');
}

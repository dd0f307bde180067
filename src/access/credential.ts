import type { AccessRequest } from '../protocol/access-request.ts';
import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';

/** What the request carries: exactly one token, and the scheme it was presented under. */
export interface Credential {
  readonly scheme: 'bearer' | 'dpop';
  readonly token: string;
}

/** RFC 6750 section 2.1: b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"=" */
const b64token = /^[A-Za-z0-9\-._~+/]+=*$/;
const presented = /^(bearer|dpop)(?: (.*))?$/is;
const tokenInQuery = /(?:^|[&;])access_token=/i;
/** A letter or an underscore, percent-encoded: whoever reads the query decodes it. */
const encodedLetter = /%(?:[46][1-9a-f]|[57][0-9a]|5f)/gi;

/**
 * RFC 6750 section 2: "Clients MUST NOT use more than one method to transmit the token in each request."
 *
 * A scheme that is not ours carries no access token: the challenge tells the client which one to use.
 */
export function findCredential(request: AccessRequest): Verdict<Credential> {
  const [first, ...others] = request.authorization;
  if (others.length > 0) return refuse(rejection('credential_ambiguous', { headers: request.authorization.length }));
  if (request.query !== '' && namesToken(request.query)) return refuse(rejection('credential_in_query'));
  if (first === undefined) return refuse(rejection('credential_missing'));
  const match = presented.exec(first);
  if (match === null) return refuse(rejection('credential_missing', { scheme: schemeOf(first) }));
  const token = match[2] ?? '';
  if (!b64token.test(token)) return refuse(rejection('credential_malformed', { length: token.length }));
  return accept({ scheme: match[1]?.toLowerCase() === 'dpop' ? 'dpop' : 'bearer', token });
}

function namesToken(query: string): boolean {
  return tokenInQuery.test(query.includes('%') ? query.replace(encodedLetter, decodeURIComponent) : query);
}

/** The scheme alone may be logged: what follows it may be a secret. */
function schemeOf(authorization: string): string {
  const scheme = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,32}(?= )/.exec(authorization);
  return scheme === null ? 'none' : scheme[0];
}

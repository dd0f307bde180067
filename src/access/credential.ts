import type { AccessRequest } from '../protocol/access-request.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';

/** What the request carries: exactly one token, and the scheme it was presented under. */
export interface Credential {
  readonly scheme: 'bearer' | 'dpop';
  readonly token: string;
}

/** RFC 6750 section 2.1: b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"=" */
const b64token = /^[A-Za-z0-9\-._~+/]+=*$/;
const scheme = /^(bearer|dpop)(?: |$)/i;
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
  const [start, name] = scheme.exec(first) ?? [];
  if (start === undefined) return refuse(rejection('credential_missing', { scheme: schemeOf(first) }));
  return accept({ scheme: name?.toLowerCase() === 'dpop' ? 'dpop' : 'bearer', token: first.slice(start.length) });
}

/** The last of step 1. Said of a token by itself, so that one that was seen before need not be read through again. */
export function checkForm(token: string): Rejection | undefined {
  return b64token.test(token) ? undefined : rejection('credential_malformed', { length: token.length });
}

function namesToken(query: string): boolean {
  return tokenInQuery.test(query.includes('%') ? query.replace(encodedLetter, decodeURIComponent) : query);
}

/** The scheme alone may be logged: what follows it may be a secret. */
function schemeOf(authorization: string): string {
  const scheme = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,32}(?= )/.exec(authorization);
  return scheme === null ? 'none' : scheme[0];
}

import type { EpochMs } from '../base/clock.ts';
import { rejection } from '../protocol/rejection.ts';
import { refuse, type Verdict } from '../protocol/verdict.ts';
import type { Witness } from '../protocol/witness.ts';
import { recognise } from '../tokens/index.ts';
import { authenticateJwe } from './authenticate-jwe.ts';
import { authenticateJwt } from './authenticate-jwt.ts';
import { authenticateOpaque } from './authenticate-opaque.ts';
import { type Authenticated, asOf, type Outcome, stillStands } from './authenticated.ts';
import { type Authentication, atOnce } from './authentication.ts';
import { checkForm } from './credential.ts';
import type { ProtectedApi } from './protected-api.ts';

/**
 * Steps 2 and 3: whose token is it, and does it hold? From memory where the token was seen before and all that its
 * verdict rests on still stands. A witness wants to see every check, so for one nothing comes from memory; and what it
 * is told may be news, so what was remembered is forgotten.
 */
export function authenticate(
  authentication: Authentication,
  api: ProtectedApi,
  token: string,
  now: EpochMs,
  witness?: Witness,
): Outcome {
  const { cache } = authentication;
  if (witness !== undefined) {
    cache.delete(token);
    return verify(atOnce(authentication), api, token, now, witness);
  }
  const known = cache.get(token);
  if (known !== undefined && stillStands(known.value, api, now)) return known;
  // A token that was good before does not queue up with strangers: all of them come at once when an issuer changes its keys.
  const outcome = verify(known === undefined ? authentication : atOnce(authentication), api, token, now);
  const remember = (verdict: Verdict<Authenticated>): Verdict<Authenticated> => {
    // What would not stand a moment later was let in by grace, or by one who was not asked first.
    if (verdict.ok && stillStands(verdict.value, api, asOf(verdict.value, now))) cache.set(token, verdict);
    else cache.delete(token);
    return verdict;
  };
  return outcome instanceof Promise ? outcome.then(remember) : remember(outcome);
}

function verify(
  authentication: Authentication,
  api: ProtectedApi,
  token: string,
  now: EpochMs,
  witness?: Witness,
): Outcome {
  const { maxTokenLength: limit } = authentication;
  const malformed = checkForm(token);
  if (malformed !== undefined) return refuse(malformed);
  if (token.length > limit) return refuse(rejection('token_too_long', { length: token.length, limit }));
  switch (recognise(token)) {
    case 'jwt':
      return authenticateJwt(authentication, api, token, now, witness);
    case 'jwe':
      return authenticateJwe(authentication, api, token, now, witness);
    case 'opaque':
      return authenticateOpaque(api, token, now, witness);
  }
}

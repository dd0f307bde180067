import type { EpochMs } from '../base/clock.ts';
import type { GenerationalCache } from '../base/generational-cache.ts';
import { rejection } from '../protocol/rejection.ts';
import { type Accepted, refuse, type Verdict } from '../protocol/verdict.ts';
import type { Witness } from '../protocol/witness.ts';
import { recognise } from '../tokens/index.ts';
import { authenticateJwe } from './authenticate-jwe.ts';
import { authenticateJwt } from './authenticate-jwt.ts';
import { authenticateOpaque } from './authenticate-opaque.ts';
import { type Authenticated, type Outcome, stillStands } from './authenticated.ts';
import { checkForm } from './credential.ts';
import type { ProtectedApi } from './protected-api.ts';

export interface Authentication {
  /** Characters; longer tokens are refused before anything is decoded. */
  readonly maxTokenLength: number;
  /** By the whole token, so that no two tokens share an entry. Good tokens only: garbage cannot push them out. */
  readonly cache: GenerationalCache<Accepted<Authenticated>>;
}

/**
 * Steps 2 and 3: whose token is it, and does it hold? From memory where the token was seen before and all that its
 * verdict rests on still stands. A witness wants to see every check, so for one nothing comes from memory; and what it
 * is told may be news, so what was remembered is forgotten.
 */
export function authenticate(
  { cache, maxTokenLength }: Authentication,
  api: ProtectedApi,
  token: string,
  now: EpochMs,
  witness?: Witness,
): Outcome {
  if (witness !== undefined) {
    cache.delete(token);
    return verify(api, token, maxTokenLength, now, witness);
  }
  const known = cache.get(token);
  if (known !== undefined && stillStands(known.value, api, now)) return known;
  const outcome = verify(api, token, maxTokenLength, now);
  const remember = (verdict: Verdict<Authenticated>): Verdict<Authenticated> => {
    // What would not stand a moment later was let in by grace, or by one who was not asked first.
    if (verdict.ok && stillStands(verdict.value, api, now)) cache.set(token, verdict);
    else cache.delete(token);
    return verdict;
  };
  return outcome instanceof Promise ? outcome.then(remember) : remember(outcome);
}

function verify(api: ProtectedApi, token: string, maxLength: number, now: EpochMs, witness?: Witness): Outcome {
  const malformed = checkForm(token);
  if (malformed !== undefined) return refuse(malformed);
  if (token.length > maxLength) {
    return refuse(rejection('token_too_long', { length: token.length, limit: maxLength }));
  }
  switch (recognise(token)) {
    case 'jwt':
      return authenticateJwt(api, token, maxLength, now, witness);
    case 'jwe':
      return authenticateJwe(api, token, maxLength, now, witness);
    case 'opaque':
      return authenticateOpaque(api, token, now, witness);
  }
}

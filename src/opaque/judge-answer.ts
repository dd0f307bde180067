import type { EpochMs } from '../base/clock.ts';
import type { Claims } from '../protocol/claims.ts';
import { markVerified } from '../protocol/mark-verified.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { VerifiedFacts, VerifiedToken } from '../protocol/verified-token.ts';
import type { Witness } from '../protocol/witness.ts';
import { checkClaims, checkExpiry, type JwtExpectation } from '../tokens/index.ts';
import type { Answer } from './answer.ts';
import { checkKind } from './check-kind.ts';

/** What is demanded of an issuer's answers. */
export interface AnswerRules {
  readonly issuerName: string;
  readonly expectation: JwtExpectation;
  /** `iss` is only required to be one, where there is one. */
  readonly anyIssuer: boolean;
  readonly expiry: 'required' | 'optional';
  /** Only tokens whose `aud` and `azp` are among these; undefined: any. */
  readonly clients: ReadonlySet<string> | undefined;
}

/** How long an answer may be relied on, and where it came from. */
export interface Reliance {
  readonly source: 'issuer' | 'memory' | 'grace';
  readonly freshUntil: EpochMs;
  /** What the answer itself does not bound is over then. */
  readonly endsAt: EpochMs;
}

/**
 * Holds an answer to what a JWT of the same issuer is held to: kind, claims, times. The audience is a matter of policy
 * here as there. Reads nothing but its arguments, so an answer from memory is judged as on the first day.
 */
export function judgeAnswer(
  answer: Answer,
  token: Pick<VerifiedFacts, 'kind' | 'hash'>,
  rules: AnswerRules,
  reliance: Reliance,
  now: EpochMs,
  witness?: Witness,
): Verdict<VerifiedToken> {
  const { claims } = answer;
  const { source, freshUntil, endsAt } = reliance;
  const issuer = rules.issuerName;
  if (claims === undefined) return refuse(rejection('token_inactive', { issuer, hash: token.hash }));
  witness?.('introspection', { issuer, active: true, source, freshUntil: new Date(freshUntil).toISOString() });

  const unfit = checkContent(claims, rules);
  if (unfit !== undefined) return refuse(unfit);
  witness?.('claims', { iss: claims['iss'], names: Object.keys(claims) });

  const { exp = endsAt / 1000, nbf, iat } = claims;
  const untimely = checkExpiry({ exp, nbf, iat }, rules.expectation.leewaySeconds, now);
  if (untimely !== undefined) return refuse(untimely);
  const expiresAt = Number(exp) * 1000;
  witness?.('expiry', { expiresAt: new Date(expiresAt).toISOString(), secondsLeft: (expiresAt - now) / 1000 });
  return accept(markVerified({ ...token, header: undefined, claims, keyId: undefined, expiresAt, freshUntil }));
}

function checkContent(claims: Claims, rules: AnswerRules): Rejection | undefined {
  const { expiry, clients } = rules;
  const expectation = rules.anyIssuer ? withIssuer(rules.expectation, claims['iss']) : rules.expectation;
  return (
    checkKind(claims, expectation.equals) ??
    checkClaims(claims, expectation, expiry === 'required' ? ['exp'] : []) ??
    (clients === undefined ? undefined : checkClients(claims, clients))
  );
}

function withIssuer(expectation: JwtExpectation, iss: Claims[string]): JwtExpectation {
  return { ...expectation, issuers: typeof iss === 'string' ? [iss] : [] };
}

/** For whom the token is, and who asked for it: both must be ours, and one of them must be named. */
function checkClients(claims: Claims, clients: ReadonlySet<string>): Rejection | undefined {
  const named = [claims['aud'] ?? [], claims['azp'] ?? []].flat();
  const isOurs = named.length > 0 && named.every((client) => typeof client === 'string' && clients.has(client));
  return isOurs ? undefined : rejection('client_not_accepted', { client: named, accepted: [...clients] });
}

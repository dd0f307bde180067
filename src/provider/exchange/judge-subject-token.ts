import type { Principal } from '../../protocol/principal.ts';
import { kindOf, type Rejection, rejection } from '../../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../../protocol/verdict.ts';
import { errors } from '../engine/library.ts';
import type { ExchangeRule } from '../exchange-rule.ts';
import type { RegisteredClient } from '../registered-client.ts';
import type { Services } from '../services.ts';
import type { Target } from './choose-target.ts';
import type { ExchangeRequest } from './exchange-request.ts';
import { grantedScopes } from './granted-scopes.ts';
import { SubjectTokenRefused } from './subject-token-refused.ts';

/** A token that a rule takes, and what it grants for it. */
export interface Judged {
  readonly principal: Principal;
  readonly scopes: readonly string[];
}

/**
 * Rules add up: the first that is met counts. One that refuses the token itself, not merely whose or what for it is,
 * ends it: an opaque token is not carried on to the next issuer.
 *
 * @throws SubjectTokenRefused as the first rule did that is for the issuer of the token; InvalidScope where the token is
 *   good, but not for the scopes
 */
export async function judgeSubjectToken(
  services: Services,
  target: Target,
  client: RegisteredClient,
  request: ExchangeRequest,
): Promise<Judged> {
  const refusals: Rejection[] = [];
  for (const rule of target.rules) {
    const verdict = await judgeBy(rule, services, target, client, request);
    if (verdict.ok) return verdict.value;
    refusals.push(verdict.rejection);
    if (!mayPleaseAnother(verdict.rejection)) break;
  }
  throw whyNot(refusals, request);
}

async function judgeBy(
  rule: ExchangeRule,
  { exchange, clock, issuer }: Services,
  { api }: Target,
  client: RegisteredClient,
  request: ExchangeRequest,
): Promise<Verdict<Judged>> {
  const decision = await exchange.judge.judge(rule, request, clock());
  if (!decision.granted) return refuse(decision.rejection);
  const { principal } = decision;
  const scopes = grantedScopes({ rule, api, client, isOurs: principal.issuer === issuer }, principal, request);
  return scopes === undefined ? refuse(rejection('scope_insufficient')) : accept({ principal, scopes });
}

/** What is no objection to the token itself. */
function mayPleaseAnother(refusal: Rejection): boolean {
  return isOfAnother(refusal) || kindOf(refusal).check === 'policy';
}

/** The rule is for tokens of others than this one is of. */
function isOfAnother({ code }: Rejection): boolean {
  return code === 'issuer_not_accepted' || code === 'token_unrecognised';
}

function whyNot(refusals: readonly Rejection[], request: ExchangeRequest): Error {
  if (refusals.some(({ code }) => code === 'scope_insufficient')) {
    return new errors.InvalidScope('these scopes are not to be had for this token', request.scopes?.join(' ') ?? '');
  }
  const [first = rejection('issuer_not_accepted')] = refusals;
  return new SubjectTokenRefused(request, refusals.find((each) => !isOfAnother(each)) ?? first);
}

import type { JsonObject } from '../../base/json.ts';
import type { Rejection } from '../../protocol/rejection.ts';
import type { Verdict } from '../../protocol/verdict.ts';
import type { Api } from '../apis.ts';
import { errors } from '../engine/library.ts';
import type { RegisteredClient } from '../registered-client.ts';
import type { Services } from '../services.ts';
import { checkAssertion } from './check-assertion.ts';
import { checkCutOff } from './check-cut-off.ts';
import { chooseTarget } from './choose-target.ts';
import type { ExchangeRequest } from './exchange-request.ts';
import { judgeSubjectToken } from './judge-subject-token.ts';
import { type Lineage, lineageOf } from './lineage.ts';
import { nameActor } from './name-actor.ts';
import { type SubjectOfOurs, subjectOfOurs } from './subject-of-ours.ts';
import { SubjectTokenRefused } from './subject-token-refused.ts';
import { useOnce } from './use-once.ts';

/** What a token is to be that comes of another. */
export interface Exchanged {
  readonly api: Api;
  readonly scopes: readonly string[];
  readonly person: SubjectOfOurs;
  /** `act` (RFC 8693 section 4.1) */
  readonly actor: JsonObject;
  readonly lineage: Lineage;
}

/**
 * The journey of an exchange, in its order.
 *
 * @throws whatever the library is to answer
 */
export async function exchangeToken(
  services: Services,
  client: RegisteredClient,
  request: ExchangeRequest,
): Promise<Exchanged> {
  const now = services.clock();
  if (client.authentication === 'none') throw new errors.UnauthorizedClient('this grant is for confidential clients');
  const target = chooseTarget(services.apis, services.exchange.rules, client, request);
  const { principal, scopes } = await judgeSubjectToken(services, target, client, request);
  const isAssertion = request.grant === 'jwt-bearer';
  if (isAssertion) refuseFor(checkAssertion(principal, services.issuer, now), request);
  const actor = nameActor(principal, request.grant, client.id, services.issuer);
  const lineage = taken(await lineageOf(services, principal, now), request);
  const person = taken(await subjectOfOurs(services, principal, now), request);
  refuseFor(checkCutOff(services, principal, person.subject, client.id, lineage.endsAt), request);
  // Last, so that what is refused can be shown again.
  if (isAssertion) await useOnce(services, principal, now);
  return { api: target.api, scopes, person, actor, lineage };
}

function taken<Value>(verdict: Verdict<Value>, request: ExchangeRequest): Value {
  if (verdict.ok) return verdict.value;
  throw new SubjectTokenRefused(request, verdict.rejection);
}

function refuseFor(why: Rejection | undefined, request: ExchangeRequest): void {
  if (why !== undefined) throw new SubjectTokenRefused(request, why);
}

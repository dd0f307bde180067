import type { Access, ProtectedApi } from '../access/index.ts';
import { type CompiledPolicy, compilePolicy } from '../policy/index.ts';
import { audiencesFor, type ExchangeRule, type PresentedToken, type SubjectTokenJudge } from '../provider/index.ts';
import type { Generation } from './generation.ts';
import { vouchersOf } from './protected-apis.ts';

/**
 * Judges tokens that are presented for exchange as if the rule were an API: its issuers, its audience, its condition.
 *
 * @param generation as it is now: a reload changes who vouches, and what was learned of them stays
 * @param issuer our own issuer identifier
 */
export function subjectTokenJudge(access: Access, generation: () => Generation, issuer: string): SubjectTokenJudge {
  return {
    judge: (rule, presented, now) =>
      access.decide(guardOf(rule, presented, generation(), issuer), requestWith(presented.token), now),
  };
}

function guardOf(
  rule: ExchangeRule,
  { grant, jwtOnly }: PresentedToken,
  current: Generation,
  issuer: string,
): ProtectedApi {
  const vouchers = vouchersOf(rule.from, current.vouchers);
  return Object.freeze({
    name: 'exchange',
    audiences: audiencesFor(rule, grant, issuer),
    ...vouchers,
    opaque: jwtOnly ? [] : vouchers.opaque,
    askInOrder: false,
    graceMs: 0,
    policy: policyOf(rule),
    consumers: current.consumers,
    consumer: 'any',
    onStaleRevocations: 'refuse',
  });
}

/** What a rule can ask of a request is nothing: there is only the token. */
function requestWith(token: string): Parameters<Access['decide']>[1] {
  return {
    method: 'POST',
    host: '',
    path: '/',
    query: '',
    authorization: [`Bearer ${token}`],
    header: () => undefined,
  };
}

const policies = new WeakMap<ExchangeRule, CompiledPolicy>();

/** Compiling takes longer than all the rest, and a rule is never changed. */
function policyOf(rule: ExchangeRule): CompiledPolicy {
  const policy = policies.get(rule) ?? compilePolicy([{ when: rule.when }]);
  policies.set(rule, policy);
  return policy;
}

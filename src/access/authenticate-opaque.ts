import type { EpochMs } from '../base/clock.ts';
import { opaquePrefixOf } from '../opaque/index.ts';
import { rejection } from '../protocol/rejection.ts';
import { refuse, type Verdict } from '../protocol/verdict.ts';
import type { Witness } from '../protocol/witness.ts';
import { askIssuer } from './ask-issuer.ts';
import type { Authenticated, Outcome } from './authenticated.ts';
import type { OpaqueSource, ProtectedApi } from './protected-api.ts';

/**
 * The issuer whose form the token has is asked, among those that this API accepts. Where the API says so, the next one
 * is asked after an issuer that does not know the token; never after one that could not answer, for it may be its own.
 */
export function authenticateOpaque(api: ProtectedApi, token: string, now: EpochMs, witness?: Witness): Outcome {
  const isOurForm = opaquePrefixOf(token) !== undefined;
  const ask = (source: OpaqueSource): Outcome => {
    const vouchesFor = (other: ProtectedApi): boolean => {
      const first = sourceAfter(undefined, other, token, isOurForm);
      return first?.verifier === source.verifier && first.issuer === source.issuer;
    };
    const outcome = askIssuer(api, source, token, now, vouchesFor, witness);
    if (!api.askInOrder) return outcome;
    return outcome instanceof Promise ? outcome.then((verdict) => goOn(source, verdict)) : goOn(source, outcome);
  };
  const goOn = (source: OpaqueSource, verdict: Verdict<Authenticated>): Outcome => {
    if (verdict.ok || verdict.rejection.code !== 'token_inactive') return verdict;
    const next = sourceAfter(source, api, token, isOurForm);
    return next === undefined ? verdict : ask(next);
  };
  const first = sourceAfter(undefined, api, token, isOurForm);
  if (first !== undefined) return ask(first);
  return refuse(rejection('token_unrecognised', { length: token.length, accepted: namesOf(api) }));
}

/** The first after that one to whom the token may be shown. Tokens of our own form are nobody's but ours. */
function sourceAfter(
  previous: OpaqueSource | undefined,
  { opaque }: ProtectedApi,
  token: string,
  isOurForm: boolean,
): OpaqueSource | undefined {
  let isPast = previous === undefined;
  for (const source of opaque) {
    const isOurs = source.isOurs === true;
    if (isPast && isOurs === isOurForm && source.verifier.recognises(token)) return source;
    isPast ||= source === previous;
  }
  return undefined;
}

function namesOf(api: ProtectedApi): readonly string[] {
  const names = new Set<string>();
  for (const issuer of api.issuers.values()) names.add(issuer.name);
  for (const { issuer } of api.opaque) names.add(issuer.name);
  return [...names];
}

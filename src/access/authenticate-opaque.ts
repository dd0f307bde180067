import type { EpochMs } from '../base/clock.ts';
import { sha256Hex } from '../base/sha256.ts';
import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';
import type { VerifiedToken } from '../protocol/verified-token.ts';
import type { Witness } from '../protocol/witness.ts';
import { type Authenticated, authenticated } from './authenticated.ts';
import type { OpaqueSource, ProtectedApi } from './protected-api.ts';

/** Lookup or introspection. A token is shown only to an issuer that this API accepts and that knows its form. */
export function authenticateOpaque(
  api: ProtectedApi,
  token: string,
  now: EpochMs,
  witness?: Witness,
): Verdict<Authenticated> | Promise<Verdict<Authenticated>> {
  const source = api.opaque.find(({ verifier }) => verifier.recognises(token));
  if (source === undefined) {
    return refuse(rejection('token_unrecognised', { length: token.length, accepted: namesOf(api) }));
  }
  const verdict = source.verifier.verify(token, sha256Hex(token), now, 0, witness);
  return verdict instanceof Promise
    ? verdict.then((settled) => identify(settled, source, now))
    : identify(verdict, source, now);
}

function identify(verdict: Verdict<VerifiedToken>, source: OpaqueSource, now: EpochMs): Verdict<Authenticated> {
  if (!verdict.ok) return verdict;
  const { verifier, issuer } = source;
  const principal = issuer.principalOf(verdict.value);
  if (!principal.ok) return principal;
  return accept(authenticated(principal.value, { token: verdict.value, issuer, verifier, now }));
}

function namesOf(api: ProtectedApi): readonly string[] {
  const names = new Set<string>();
  for (const issuer of api.issuers.values()) names.add(issuer.name);
  for (const { issuer } of api.opaque) names.add(issuer.name);
  return [...names];
}

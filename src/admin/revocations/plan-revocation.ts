import type { ProtectedApi } from '../../access/index.ts';
import type { EpochMs, NumericDate } from '../../base/clock.ts';
import type { Issuer } from '../../issuers/index.ts';
import { furthestLeewaySeconds } from '../../protocol/furthest-leeway.ts';
import type { Provider } from '../../provider/index.ts';
import {
  cutOffByNow,
  furthestCutOff,
  type NewRevocation,
  retainForCutOff,
  retainForToken,
} from '../../revocation/index.ts';
import type { InputFault } from '../problem.ts';
import { type IdentifiedToken, identifyToken } from './identify-token.ts';
import { issuerNamed, issuerUnknown } from './issuer-named.ts';
import type { RevocationInput, TokenRevocationInput } from './revocation-input.ts';

export interface RevocationContext {
  readonly issuers: readonly Issuer[];
  readonly self: ProtectedApi;
  readonly provider: { readonly issuer: string; readonly tokens: Pick<Provider['tokens'], 'issuedUntil'> } | undefined;
  readonly now: EpochMs;
  readonly actor: string;
}

export type RevocationPlan =
  | { readonly ok: true; readonly entries: readonly NewRevocation[] }
  | { readonly ok: false; readonly faults: readonly InputFault[] };

/** Turns what an operator asks for into entries of the log, each kept until no token that it hits can live. */
export async function planRevocation(input: RevocationInput, context: RevocationContext): Promise<RevocationPlan> {
  const issuer = issuerNamed(input.issuer, context.issuers);
  if (input.issuer !== undefined && issuer === undefined) {
    return { ok: false, faults: [issuerUnknown(context.issuers)] };
  }
  if (input.kind === 'token') return planForToken(input, issuer, context);
  if (issuer === undefined) return fault('issuer', 'is needed');
  if (input.kind !== 'jti' && liesFarAhead(input.before, context.now)) {
    return fault('before', 'lies more than a day ahead: give seconds since 1970, or a time with its year');
  }
  return planned(entryOf(input, issuer, context));
}

async function planForToken(
  input: TokenRevocationInput,
  named: Issuer | undefined,
  context: RevocationContext,
): Promise<RevocationPlan> {
  const { issuers, self, now, actor } = context;
  const identified = identify(input, named, issuers, self);
  if (typeof identified === 'string') return fault('token', identified);
  const { issuer, hashes } = identified;
  const tokenExpiresAt = identified.expiresAt ?? (await onRecord(identified, context));
  const expiresAt = tokenExpiresAt === undefined ? retainForIssued(issuer, now) : retainForToken(tokenExpiresAt);
  if (expiresAt <= now) return fault('token', 'has expired: it is accepted nowhere');
  const common = { issuer: issuer.identifier, kind: 'token', expiresAt, reason: input.reason, actor } as const;
  return planned(...hashes.map((value) => ({ ...common, value })));
}

/** When a token of ours expires that does not say so itself. */
async function onRecord(
  { issuer, hashes: [hash] }: IdentifiedToken,
  { provider }: RevocationContext,
): Promise<EpochMs | undefined> {
  if (hash === undefined || issuer.identifier !== provider?.issuer) return undefined;
  return provider.tokens.issuedUntil(hash);
}

function identify(
  input: TokenRevocationInput,
  named: Issuer | undefined,
  issuers: readonly Issuer[],
  self: ProtectedApi,
): IdentifiedToken | string {
  if (input.token !== undefined) return identifyToken(input.token, named, issuers, self);
  if (named === undefined || input.hash === undefined) return 'is needed, or its hash and the issuer';
  return { issuer: named, hashes: [input.hash], expiresAt: undefined };
}

function entryOf(
  input: Exclude<RevocationInput, TokenRevocationInput>,
  issuer: Issuer,
  { now, actor, provider }: RevocationContext,
): NewRevocation {
  const common = { issuer: issuer.identifier, reason: input.reason, actor };
  if (input.kind === 'jti') {
    return { ...common, kind: input.kind, value: input.value, expiresAt: retainForIssued(issuer, now) };
  }
  const { maxLifetimeSeconds, leewaySeconds } = issuer.expectation;
  // Our own provider tells the time by the clock that tells it here.
  const aheadBy = issuer.identifier === provider?.issuer ? 0 : leewaySeconds;
  const before = secondsOf(input.before) ?? cutOffByNow(now, aheadBy);
  return {
    ...common,
    kind: input.kind,
    value: input.kind === 'issuer' ? issuer.identifier : input.value,
    client: input.kind === 'subject' ? input.client : undefined,
    before,
    expiresAt: Math.max(retainForCutOff(before, maxLifetimeSeconds), now + 1),
  };
}

/** Nobody means that: it would kill tokens for years that are not issued yet. */
function liesFarAhead(before: string | number | undefined, now: EpochMs): boolean {
  return (secondsOf(before) ?? 0) > now / 1000 + furthestCutOff;
}

/** For a token that was issued by now and whose `exp` is not known. */
function retainForIssued(issuer: Issuer, now: EpochMs): EpochMs {
  return retainForCutOff(cutOffByNow(now, furthestLeewaySeconds), issuer.expectation.maxLifetimeSeconds);
}

function secondsOf(time: string | number | undefined): NumericDate | undefined {
  return typeof time === 'string' ? Math.floor(Date.parse(time) / 1000) : time;
}

function planned(...entries: readonly NewRevocation[]): RevocationPlan {
  return { ok: true, entries };
}

function fault(path: string, reason: string): RevocationPlan {
  return { ok: false, faults: [{ path, reason }] };
}

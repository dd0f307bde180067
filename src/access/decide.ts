import type { EpochMs } from '../base/clock.ts';
import type { Issuer } from '../issuers/index.ts';
import { checkAudience, evaluatePolicy } from '../policy/index.ts';
import type { AccessRequest } from '../protocol/access-request.ts';
import type { Principal } from '../protocol/principal.ts';
import type { Verdict } from '../protocol/verdict.ts';
import type { Witness } from '../protocol/witness.ts';
import { authenticate } from './authenticate.ts';
import { type Authenticated, asOf } from './authenticated.ts';
import type { Authentication } from './authentication.ts';
import { checkBinding } from './check-binding.ts';
import { checkConsumer } from './check-consumer.ts';
import { checkRate } from './check-rate.ts';
import { checkRevocation, type Revocations } from './check-revocation.ts';
import { awaitStatus, checkStatus, namesList } from './check-status.ts';
import type { ConsumerRates } from './consumer-rates.ts';
import { type Credential, findCredential } from './credential.ts';
import { type Decision, refused } from './decision.ts';
import type { ProtectedApi } from './protected-api.ts';

/** What every decision needs, made once. */
export interface Gate {
  readonly authentication: Authentication;
  readonly revocations: Revocations;
  /** Undefined for a request that was counted before. */
  readonly rates: ConsumerRates | undefined;
}

/**
 * The journey of a request. Steps 1 to 3 of a token already seen come from memory; 4 to 6 run for every request.
 * Synchronous unless an issuer or the token store has to be asked, or a status list to be fetched.
 */
export function decide(
  gate: Gate,
  api: ProtectedApi,
  request: AccessRequest,
  now: EpochMs,
  witness?: Witness,
): Decision | Promise<Decision> {
  const credential = findCredential(request); //                                                    1. credential
  if (!credential.ok) return refused(credential.rejection);
  witness?.('credential', { scheme: credential.value.scheme });

  const { token } = credential.value;
  const identity = authenticate(gate.authentication, api, token, now, witness); // 2. recognise, 3. verify or ask
  return identity instanceof Promise
    ? identity.then((settled) => judge(gate, api, request, credential.value, settled, now, witness))
    : judge(gate, api, request, credential.value, identity, now, witness);
}

function judge(
  gate: Gate,
  api: ProtectedApi,
  request: AccessRequest,
  credential: Credential,
  identity: Verdict<Authenticated>,
  now: EpochMs,
  witness?: Witness,
): Decision | Promise<Decision> {
  if (!identity.ok) return refused(identity.rejection);
  const entry = identity.value;
  const then = asOf(entry, now);
  const listed = listToAwait(gate, api, entry, then);
  // What dies while its list is being fetched is dead: nothing that was seen before is relied on after.
  if (listed !== undefined) return listed.then(() => judgeEntry(gate, api, request, credential, entry, then, witness));
  return judgeEntry(gate, api, request, credential, entry, then, witness);
}

/** For a token that is dead already nothing is fetched. */
function listToAwait(gate: Gate, api: ProtectedApi, entry: Authenticated, now: EpochMs): Promise<void> | undefined {
  if (!namesList(entry) || checkRevocation(gate.revocations, entry, api, now) !== undefined) return undefined;
  return awaitStatus(api, entry, now);
}

/** Steps 4 to 6, from memory alone. */
function judgeEntry(
  gate: Gate,
  api: ProtectedApi,
  request: AccessRequest,
  credential: Credential,
  entry: Authenticated,
  now: EpochMs,
  witness?: Witness,
): Decision {
  const { principal, issuer, consumer, granted } = entry;
  const rejection =
    checkRevocation(gate.revocations, entry, api, now, witness) ?? //                               4. revocation
    checkStatus(api, entry, now, witness) ??
    checkBinding(principal, credential, witness) ?? //                                              5. binding
    checkAudience(audiencesOf(api, issuer, principal), principal, witness) ?? //                    6. policy
    checkConsumer(api, consumer, principal, witness) ??
    evaluatePolicy(api.policy, principal, request, now, witness) ??
    checkRate(gate.rates, api, consumer, now, witness);
  return rejection === undefined ? granted : refused(rejection, principal);
}

/** Where a token names no audience, its client may stand for it, as its issuer is configured. */
function audiencesOf(api: ProtectedApi, issuer: Issuer, { claims, audiences }: Principal): readonly string[] {
  return issuer.clientStandsIn(claims) ? [...api.audiences, ...audiences] : api.audiences;
}

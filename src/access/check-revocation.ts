import type { EpochMs } from '../base/clock.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import type { Witness } from '../protocol/witness.ts';
import { isInForce, type RevocationIndex } from '../revocation/index.ts';
import type { Authenticated } from './authenticated.ts';
import { staleServed } from './channels.ts';
import type { ProtectedApi } from './protected-api.ts';

export interface Revocations {
  readonly index: RevocationIndex;
  /** Whether this process may have missed revocations for longer than is allowed. */
  isStale(): boolean;
}

/**
 * Step 4, for every request. The index is asked again only when it has changed since this token was last looked up:
 * between two versions it gives the same answer.
 */
export function checkRevocation(
  { index, isStale }: Revocations,
  entry: Authenticated,
  api: ProtectedApi,
  now: EpochMs,
  witness?: Witness,
): Rejection | undefined {
  if (entry.revocation.version !== index.version) {
    entry.revocation = { version: index.version, match: index.match(entry.principal) };
  }
  const { match } = entry.revocation;
  if (match !== undefined && isInForce(match, now)) return rejection('token_revoked', { ...match });
  if (isStale()) {
    if (api.onStaleRevocations === 'refuse') {
      return rejection('revocations_stale', { lastSeq: index.lastSeq }, { retryAfter: 1 });
    }
    staleServed.announce({ api: api.name });
  }
  witness?.('revocation', { upTo: index.lastSeq });
  return undefined;
}

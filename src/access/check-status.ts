import type { EpochMs } from '../base/clock.ts';
import type { Rejection } from '../protocol/rejection.ts';
import type { Witness } from '../protocol/witness.ts';
import type { Authenticated } from './authenticated.ts';
import type { ProtectedApi } from './protected-api.ts';

/**
 * The other half of step 4, for tokens of others that name a status list: whether their issuer still stands by them. For
 * every request, from memory; see `awaitStatus`.
 */
export function checkStatus(
  { statuses }: ProtectedApi,
  { status, issuer }: Authenticated,
  now: EpochMs,
  witness?: Witness,
): Rejection | undefined {
  const lists = statuses.get(issuer);
  if (lists === undefined) return undefined;
  if (!status.ok) return status.rejection;
  return status.value === undefined ? undefined : lists.judge(status.value, now, witness);
}

export function namesList({ status }: Authenticated): boolean {
  return status.ok && status.value !== undefined;
}

/** @returns when the list has come that the token names; undefined where none has to be waited for */
export function awaitStatus(
  { statuses }: ProtectedApi,
  { status, issuer }: Authenticated,
  now: EpochMs,
): Promise<void> | undefined {
  if (!status.ok || status.value === undefined) return undefined;
  return statuses.get(issuer)?.load(status.value, now);
}

import { type Rejection, type RejectionCode, rejection } from '../protocol/rejection.ts';
import type { Witness } from '../protocol/witness.ts';
import { entriesOf, statusAt } from './status-list.ts';
import type { CurrentStatusList } from './status-list-source.ts';
import type { StatusReference } from './status-reference.ts';

/** The one status that lets a token pass (draft-ietf-oauth-status-list-21 section 7.1). */
const valid = 0x00;

/** Those that the draft defines. All others are reserved, or mean something to one application, which is not this one. */
const refusals: Readonly<Record<number, RejectionCode>> = {
  1: 'token_status_invalid',
  2: 'token_status_suspended',
};

/** Section 8.3, steps 6 and 7. */
export function judgeStatus(
  { uri, idx }: StatusReference,
  current: CurrentStatusList,
  witness?: Witness,
): Rejection | undefined {
  const status = statusAt(current.list, idx);
  if (status === valid && witness === undefined) return undefined;
  const { fetchedAt, freshUntil, issuedAt } = current;
  const fetched = {
    listIssuedAt: toText(issuedAt * 1000),
    listFetchedAt: toText(fetchedAt),
    listFreshUntil: toText(freshUntil),
  };
  const facts = { statusList: uri, idx, status, ...fetched };
  if (status === valid) {
    witness?.('revocation', facts);
    return undefined;
  }
  if (status === undefined) {
    return rejection('token_status_unknown', {
      ...facts,
      entries: entriesOf(current.list),
      reason: '`idx` is beyond the end of the list',
    });
  }
  const code = refusals[status];
  return code === undefined
    ? rejection('token_status_unknown', { ...facts, reason: 'the status means nothing here' })
    : rejection(code, facts);
}

function toText(at: number): string {
  return new Date(at).toISOString();
}

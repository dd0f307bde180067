import { isJsonObject } from '../base/json.ts';
import type { Claims } from '../protocol/claims.ts';
import { rejection } from '../protocol/rejection.ts';
import { accept, refuse, type Verdict } from '../protocol/verdict.ts';

/** Where the status of a token stands (draft-ietf-oauth-status-list-21 section 6.2). */
export interface StatusReference {
  readonly uri: string;
  readonly idx: number;
}

/** Characters; a longer one is no address that anybody serves. */
const longestUri = 2048;

const noReference: Verdict<undefined> = accept(undefined);

/**
 * Reads the claim `status`. A member that is not understood is refused, also beside one that is: its issuer says that
 * the token may be dead by it, and nobody here can look (as with an unknown member of `cnf`).
 *
 * @returns undefined where there is no such claim
 */
export function readStatusReference({ status }: Claims): Verdict<StatusReference | undefined> {
  if (status === undefined) return noReference;
  if (!isJsonObject(status)) return unreadable('`status` is not an object');
  const unknown = Object.keys(status).filter((mechanism) => mechanism !== 'status_list');
  if (unknown.length > 0) return unreadable('it names a mechanism that is not known', { mechanisms: unknown });
  const { status_list: reference } = status;
  if (!isJsonObject(reference)) return unreadable('`status_list` is not an object');
  const { uri, idx } = reference;
  if (typeof uri !== 'string' || uri.length > longestUri)
    return unreadable('`uri` is no text of at most 2048 characters');
  if (!Number.isSafeInteger(idx) || Number(idx) < 0) return unreadable('`idx` is no whole number from 0 on');
  return accept({ uri, idx: Number(idx) });
}

function unreadable(reason: string, facts: Readonly<Record<string, unknown>> = {}): Verdict<never> {
  return refuse(rejection('token_status_unreadable', { reason, ...facts }));
}

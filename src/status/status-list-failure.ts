import type { NetFailure } from '../net/index.ts';

interface ListFailureKind {
  /** What happened, for the operator. */
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** What can be wrong with a status list, once it was fetched. Closed, as are the failures of net/. */
const listFailureKinds = {
  list_not_a_token: {
    title: 'The answer is not a status list token.',
    remedy: 'Under `status.status_list.uri`, the issuer must publish a JWT whose `typ` is `statuslist+jwt`.',
  },
  list_keys_unavailable: {
    title: 'The list is signed, and the keys of its issuer cannot be had.',
    remedy: 'See why with `gatehouse issuers`.',
  },
  list_not_trusted: {
    title: 'The signature of the list does not hold.',
    remedy:
      'The list must be signed by a key of the issuer of its tokens; where it is the work of another, name that one in `issuers.*.statusIssuer`.',
  },
  list_claims_invalid: {
    title: 'A claim of the list is missing, or has an invalid value.',
    remedy: 'The facts name the claim: draft-ietf-oauth-status-list section 5.1 says what it must be.',
  },
  list_of_another_uri: {
    title: 'The list is another one than that which the token names.',
    remedy: "The list's `sub` must be its own address, letter by letter.",
  },
  list_expired: {
    title: 'The list has expired.',
    remedy: 'Its issuer must publish a new one before `exp`. Where it is fresh, compare the clocks.',
  },
  list_older: {
    title: 'The list is older than one that was there before.',
    remedy: 'A cache between here and the issuer serves what it should have dropped.',
  },
  list_malformed: {
    title: 'The list cannot be decoded.',
    remedy: '`lst` must be the base64url of a ZLIB stream, and nothing else, and `bits` 1, 2, 4 or 8.',
  },
  list_too_large: {
    title: 'The list is too large.',
    remedy: 'Have the issuer publish several lists. One of 16 MiB, unpacked, is the largest that is taken.',
  },
} as const satisfies Record<string, ListFailureKind>;

export type ListFailureCode = keyof typeof listFailureKinds;

/** Why a status list could not be had: no verdict on any token. */
export type StatusListFailure = NetFailure | ListFailure;

export interface ListFailure extends ListFailureKind {
  readonly code: ListFailureCode;
  /** Never a token, or any text of the answer. */
  readonly facts: Readonly<Record<string, unknown>>;
}

export type StatusListResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: StatusListFailure };

export function listFailed(
  code: ListFailureCode,
  facts: Readonly<Record<string, unknown>> = {},
): { readonly ok: false; readonly failure: ListFailure } {
  return { ok: false, failure: { code, ...listFailureKinds[code], facts } };
}

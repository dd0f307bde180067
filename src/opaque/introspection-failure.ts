import type { NetFailure } from '../net/index.ts';

interface IntrospectionFailureKind {
  /** What happened, for the operator. */
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Why an issuer gave no answer about a token, once the endpoint was reached or was not asked at all. Closed. */
const introspectionFailureKinds = {
  circuit_open: {
    title: 'The issuer has failed several times in a row and is left alone for a while.',
    remedy: 'See the failures before this one; the issuer is tried again by itself.',
  },
  saturated: {
    title: 'Too many tokens are being asked about at once.',
    remedy:
      'See why the issuer is slow; raise `introspection.concurrency` or `introspection.cache`, or tell its tokens apart by `opaque.prefixes`.',
  },
  credentials_refused: {
    title: 'The introspection endpoint does not accept our credentials.',
    remedy:
      'Correct `introspection.client` and `introspection.authentication`; see that this client may introspect tokens.',
  },
  rate_limited: {
    title: 'The introspection endpoint asks us to slow down.',
    remedy: 'Raise `introspection.cache`, or have the issuer raise its limit.',
  },
  server_error: {
    title: 'The introspection endpoint has an error of its own.',
    remedy: "See the issuer's log.",
  },
  status_unexpected: {
    title: 'The introspection endpoint answered with a status that means nothing here.',
    remedy: "Compare `introspection.endpoint` with the issuer's documentation.",
  },
  answer_malformed: {
    title: 'The answer is not one of RFC 7662 section 2.2.',
    remedy: 'An answer is a JSON object with a boolean `active`. Correct `introspection.endpoint`.',
  },
  answer_not_signed: {
    title: 'The answer is not signed.',
    remedy: 'Have the issuer sign its answers to this client (RFC 9701), or leave out `introspection.signed`.',
  },
  answer_not_trusted: {
    title: 'The signed answer does not hold.',
    remedy: 'The facts name the check that failed: its type, key, signature, issuer, audience or time.',
  },
  keys_unavailable: {
    title: 'The answer is signed, and the keys of the issuer cannot be had.',
    remedy: 'See why with `gatehouse issuers`.',
  },
} as const satisfies Record<string, IntrospectionFailureKind>;

export type IntrospectionFailureCode = keyof typeof introspectionFailureKinds;

/** Why nothing is known about a token: no verdict on the token itself. */
export type IntrospectionFailure = NetFailure | EndpointFailure;

export interface EndpointFailure extends IntrospectionFailureKind {
  readonly code: IntrospectionFailureCode;
  /** Never the token, a secret, or any text of the answer. */
  readonly facts: Readonly<Record<string, unknown>>;
}

export function introspectionFailure(
  code: IntrospectionFailureCode,
  facts: Readonly<Record<string, unknown>> = {},
): EndpointFailure {
  return { code, ...introspectionFailureKinds[code], facts };
}

/** RFC 8935 section 2.4 and the registry "Security Event Token Error Codes": what the transmitter is told. */
export type SetErrorCode =
  | 'invalid_request'
  | 'invalid_key'
  | 'invalid_issuer'
  | 'invalid_audience'
  | 'authentication_failed'
  | 'access_denied';

interface SignalRefusalKind {
  /** Undefined where the fault is ours: then the sender is to try again. */
  readonly err: SetErrorCode | undefined;
  /** The public half. */
  readonly title: string;
  /** For the operator who reads docs/signals.md. */
  readonly remedy: string;
}

/** Every way in which a signal is refused. Closed: a new one is a new row here, in docs/signals.md and in a test. */
export const signalRefusalKinds = {
  request_malformed: {
    err: 'invalid_request',
    title: 'The request is not one that this endpoint takes.',
    remedy: 'The facts say what was expected: the method, the media type, or the members of the body.',
  },
  request_too_large: {
    err: 'invalid_request',
    title: 'The request is too large.',
    remedy: 'No signal is that large; see who sends it.',
  },
  not_authenticated: {
    err: 'authentication_failed',
    title: 'The sender is not authenticated.',
    remedy: "Give the transmitter the same `Authorization` header as the receiver's `push.authorization`.",
  },
  token_malformed: {
    err: 'invalid_request',
    title: 'It is not a well-formed signed JWT.',
    remedy: 'The facts name the check that failed; `alg: none` and encrypted tokens are never taken.',
  },
  type_not_accepted: {
    err: 'invalid_request',
    title: 'The token is of another type.',
    remedy: 'Access tokens, ID tokens and signals of another kind end here: see that each is sent to its own endpoint.',
  },
  issuer_not_trusted: {
    err: 'invalid_issuer',
    title: 'The issuer is not the one of this receiver.',
    remedy: "Compare `iss` letter by letter with the receiver's `transmitter.issuer`, or else its issuer's.",
  },
  audience_mismatch: {
    err: 'invalid_audience',
    title: 'The token is for another audience.',
    remedy: "Compare `aud` with the receiver's `audience`, or `logout.clients`, or the URL of the endpoint.",
  },
  signature_invalid: {
    err: 'invalid_key',
    title: 'The signature is not by a key of the issuer.',
    remedy: 'The token was changed, or signed by somebody else; compare `transmitter.jwksUri` where it is set.',
  },
  claim_missing: {
    err: 'invalid_request',
    title: 'The token lacks a claim.',
    remedy: 'The facts name it. The specification of this kind of signal demands it.',
  },
  claim_invalid: {
    err: 'invalid_request',
    title: 'A claim of the token has an invalid value.',
    remedy: 'The facts name it, and what was expected.',
  },
  untimely: {
    err: 'invalid_request',
    title: 'The token has expired, is too old, or is from the future.',
    remedy: 'Compare the clocks of both machines.',
  },
  replayed: {
    err: 'invalid_request',
    title: 'The token was used before.',
    remedy: 'Whoever sends it must make a new one for each request; what it asked for was done the first time.',
  },
  subject_missing: {
    err: 'invalid_request',
    title: 'The event does not say whom it is about.',
    remedy: 'There is neither `sub_id` nor a `subject` in the event (or, for a logout, neither `sub` nor `sid`).',
  },
  subject_malformed: {
    err: 'invalid_request',
    title: 'The subject identifier is malformed.',
    remedy: 'RFC 9493 section 3.2 says which members each format has.',
  },
  subject_unknown_format: {
    err: 'invalid_request',
    title: 'The event names its subject in a way by which no token can be found here.',
    remedy:
      "Have the transmitter send `iss_sub`; or name in the receiver's `subjects` the claim of the tokens that holds what this format gives.",
  },
  subject_of_another_issuer: {
    err: 'invalid_request',
    title: 'The event is about a subject of another issuer.',
    remedy: "The subject's `iss` is neither the transmitter's nor that of the issuer whose tokens die.",
  },
  too_many_refused: {
    err: 'access_denied',
    title: 'Too much was refused from this address.',
    remedy: 'Mend what the refusals before say; wait as long as `Retry-After` says.',
  },
  keys_unavailable: {
    err: undefined,
    title: 'The keys of the issuer cannot be had at the moment.',
    remedy: 'For the operator: see why with `gatehouse issuers`.',
  },
  store_unavailable: {
    err: undefined,
    title: 'Nothing can be revoked at the moment.',
    remedy: 'For the operator: the log says why the store does not answer. The transmitter tries again.',
  },
} as const satisfies Record<string, SignalRefusalKind>;

export type SignalRefusalCode = keyof typeof signalRefusalKinds;

/** Why a signal was not taken: a value, never an exception. */
export interface SignalRefusal {
  readonly code: SignalRefusalCode;
  /** The private half, for the log: never a token, never a secret. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Seconds after which to try again. */
  readonly retryAfter?: number;
}

/** What came of reading a signal, or a part of one. */
export type SignalVerdict<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: SignalRefusal };

export function understood<Value>(value: Value): SignalVerdict<Value> {
  return { ok: true, value };
}

export function refuseSignal(
  code: SignalRefusalCode,
  facts: SignalRefusal['facts'] = {},
  retryAfter?: number,
): { readonly ok: false; readonly refusal: SignalRefusal } {
  return { ok: false, refusal: { code, facts, ...(retryAfter !== undefined && { retryAfter }) } };
}

export function signalRefusalKind({ code }: SignalRefusal): SignalRefusalKind {
  return signalRefusalKinds[code];
}

import type { Check } from './check.ts';

/** What a client may be told, RFC 6750 section 3.1; undefined where the answer carries no challenge of that kind. */
type BearerError = 'invalid_request' | 'invalid_token' | 'insufficient_scope';

interface RejectionKind {
  readonly check: Check;
  readonly status: 400 | 401 | 403 | 404 | 408 | 413 | 414 | 429 | 431 | 500 | 501 | 502 | 503 | 504;
  readonly error?: BearerError;
  /** The public half: says nothing about the token's claims before its signature is verified. */
  readonly title: string;
  /** What to do about it, for the person who reads docs/rejections.md or `gatehouse explain`. */
  readonly remedy: string;
}

/** Every way in which Gatehouse refuses. Closed: a new refusal is a new row here, in docs/rejections.md and in a test. */
export const rejectionKinds = {
  request_malformed: {
    check: 'request',
    status: 400,
    title: 'The request is malformed or ambiguous.',
    remedy: 'Send one Host, one framing (Content-Length or Transfer-Encoding) and a request target in origin form.',
  },
  path_ambiguous: {
    check: 'request',
    status: 400,
    title: 'The request path can be read in more than one way.',
    remedy: 'Send a path without dot segments, empty segments, backslashes, encoded slashes or double encoding.',
  },
  method_unsupported: {
    check: 'request',
    status: 501,
    title: 'The gateway does not support this method.',
    remedy: 'TRACE would show the client what only the upstream may see; CONNECT is for forward proxies.',
  },
  transfer_coding_unsupported: {
    check: 'request',
    status: 501,
    title: 'The gateway does not support this transfer coding.',
    remedy: 'Send `Transfer-Encoding: chunked` alone, and compress with Content-Encoding (RFC 9112 section 6.1).',
  },
  request_timeout: {
    check: 'request',
    status: 408,
    title: 'The request did not arrive in time.',
    remedy: 'Send the headers without pause, or raise `gateway.timeouts.headers`.',
  },
  route_unknown: {
    check: 'request',
    status: 404,
    title: 'No API is served at this host and path.',
    remedy: 'Compare the host and path with `apis.*.route` in the configuration.',
  },
  body_too_large: {
    check: 'request',
    status: 413,
    title: 'The request body is larger than this API takes.',
    remedy: "Send less, or raise the API's `limits.body`.",
  },
  target_too_long: {
    check: 'request',
    status: 414,
    title: 'The request target is too long.',
    remedy: 'Send a shorter URL, or raise `gateway.limits.target`.',
  },
  headers_too_large: {
    check: 'request',
    status: 431,
    title: 'The request headers are too large.',
    remedy: 'Send fewer or smaller headers, or raise `gateway.limits.headers`.',
  },
  proxy_untrusted: {
    check: 'request',
    status: 403,
    title: 'This peer may not ask for decisions on behalf of others.',
    remedy: "Add the proxy's address to `gateway.trustedProxies`.",
  },
  shutting_down: {
    check: 'request',
    status: 503,
    title: 'The gateway is shutting down.',
    remedy: 'Try again; another gateway answers.',
  },
  credential_missing: {
    check: 'credential',
    status: 401,
    title: 'The request carries no access token.',
    remedy: 'Send `Authorization: Bearer TOKEN`.',
  },
  credential_malformed: {
    check: 'credential',
    status: 400,
    error: 'invalid_request',
    title: 'The Authorization header is malformed.',
    remedy: 'Send exactly `Bearer`, one space, and the token (RFC 6750 section 2.1).',
  },
  credential_ambiguous: {
    check: 'credential',
    status: 400,
    error: 'invalid_request',
    title: 'The request carries more than one credential.',
    remedy: 'Send the token once, in one Authorization header.',
  },
  credential_in_query: {
    check: 'credential',
    status: 400,
    error: 'invalid_request',
    title: 'An access token may not be sent in the URL.',
    remedy: 'Move the token to the Authorization header (RFC 9700 section 4.3.2); treat the one sent as leaked.',
  },
  token_too_long: {
    check: 'structure',
    status: 401,
    error: 'invalid_token',
    title: 'The token is too long.',
    remedy: 'Ask the issuer for a smaller token, or raise `gateway.limits.token`.',
  },
  token_parts_wrong: {
    check: 'structure',
    status: 401,
    error: 'invalid_token',
    title: 'The token is not a JWT in compact form.',
    remedy: 'Send the token as the issuer gave it: three parts joined by dots (RFC 7515 section 7.1).',
  },
  token_unrecognised: {
    check: 'structure',
    status: 401,
    error: 'invalid_token',
    title: 'The token is of no kind that this API accepts.',
    remedy:
      'Compare the token with the issuers in `apis.*.accept`; it is neither a JWT nor an opaque token of one of them.',
  },
  token_encrypted: {
    check: 'structure',
    status: 401,
    error: 'invalid_token',
    title: 'The token is encrypted.',
    remedy:
      'Have the client ask for the audience of this API: to one that asks for none, Auth0 gives a token encrypted for ' +
      'itself. Else have the issuer send signed tokens, or name the private key in `issuers.*.decryption`.',
  },
  token_mistyped: {
    check: 'structure',
    status: 401,
    error: 'invalid_token',
    title: 'The token is damaged.',
    remedy: 'Its checksum does not fit: it was cut off or mistyped. Copy it again.',
  },
  encryption_not_allowed: {
    check: 'decryption',
    status: 401,
    error: 'invalid_token',
    title: 'The encryption of the token is not accepted.',
    remedy:
      'Have the issuer encrypt with RSA-OAEP-256, ECDH-ES or ECDH-ES+A256KW, and A256GCM or A128CBC-HS256, without ' +
      'compression; the facts say what it did.',
  },
  decryption_failed: {
    check: 'decryption',
    status: 401,
    error: 'invalid_token',
    title: 'The token cannot be decrypted.',
    remedy:
      'It was changed, or encrypted for another key than those of `issuers.*.decryption`: compare the `kid`, and give ' +
      'the issuer the public half of the present key.',
  },
  encrypted_content_unsigned: {
    check: 'decryption',
    status: 401,
    error: 'invalid_token',
    title: 'What was encrypted is not a signed token.',
    remedy: 'Have the issuer sign the token before it encrypts it (RFC 7519 section 11.2): anybody can encrypt.',
  },
  encoding_invalid: {
    check: 'decoding',
    status: 401,
    error: 'invalid_token',
    title: 'A part of the token is not base64url.',
    remedy:
      'Base64url has no padding, no white space and no stray bits (RFC 7515 section 2). Send the token unchanged.',
  },
  json_invalid: {
    check: 'decoding',
    status: 401,
    error: 'invalid_token',
    title: 'A part of the token is not a JSON object.',
    remedy: 'The issuer must send UTF-8 JSON without duplicate members (RFC 7515 section 4).',
  },
  header_invalid: {
    check: 'decoding',
    status: 401,
    error: 'invalid_token',
    title: 'The header of the token is invalid.',
    remedy: 'A header parameter has the wrong type (RFC 7515 section 4.1).',
  },
  critical_header_unknown: {
    check: 'decoding',
    status: 401,
    error: 'invalid_token',
    title: 'The token has a critical header that is not understood.',
    remedy: 'Have the issuer leave out `crit` (RFC 7515 section 4.1.11).',
  },
  issuer_not_accepted: {
    check: 'key',
    status: 401,
    error: 'invalid_token',
    title: 'No key is known for this token.',
    remedy: "Add the issuer to `issuers` and to the API's `accept`; compare the token's `iss` letter by letter.",
  },
  algorithm_not_allowed: {
    check: 'key',
    status: 401,
    error: 'invalid_token',
    title: 'The signature algorithm of the token is not allowed.',
    remedy: 'Have the issuer sign with an algorithm of `issuers.*.algorithms`; symmetric ones and `none` never are.',
  },
  key_unknown: {
    check: 'key',
    status: 401,
    error: 'invalid_token',
    title: 'No key is known for this token.',
    remedy: "The issuer's key set has no such `kid`. See the key set with `gatehouse issuers`.",
  },
  key_unfit: {
    check: 'key',
    status: 401,
    error: 'invalid_token',
    title: 'The key of the token does not fit its algorithm.',
    remedy: "The key's type, curve, size, `alg`, `use` or `key_ops` forbids this algorithm.",
  },
  issuer_not_verifiable: {
    check: 'key',
    status: 401,
    error: 'invalid_token',
    title: 'No key is known for this token.',
    remedy:
      "This issuer's access tokens are not made to be verified by others; the facts say why. Use introspection, or another authorization server of the issuer.",
  },
  keys_unavailable: {
    check: 'key',
    status: 503,
    title: 'The keys of the issuer cannot be had at the moment.',
    remedy: 'Try again. For the operator: see why with `gatehouse issuers`.',
  },
  signature_invalid: {
    check: 'signature',
    status: 401,
    error: 'invalid_token',
    title: 'The signature of the token is not valid.',
    remedy: 'The token was changed, or signed with another key.',
  },
  verification_saturated: {
    check: 'signature',
    status: 503,
    title: 'Too many new tokens are waiting to be verified.',
    remedy:
      'Try again; tokens that were seen before are not affected. For the operator: where most of them turn out as ' +
      '`signature_invalid`, somebody floods the gateway with forged ones; else give it more cores.',
  },
  claim_missing: {
    check: 'claims',
    status: 401,
    error: 'invalid_token',
    title: 'The token lacks a claim.',
    remedy:
      'See with `gatehouse explain` which claims the token has, and name the right one in `issuers.*.claims`; where it has no audience at all, have its issuer put the API into `aud`.',
  },
  claim_invalid: {
    check: 'claims',
    status: 401,
    error: 'invalid_token',
    title: 'A claim of the token has an invalid value.',
    remedy: 'See with `gatehouse explain` which claim has the wrong type or value.',
  },
  token_type_not_accepted: {
    check: 'claims',
    status: 401,
    error: 'invalid_token',
    title: 'The token is not of an accepted type.',
    remedy: "Compare the header's `typ` with `issuers.*.typ`.",
  },
  not_an_access_token: {
    check: 'claims',
    status: 401,
    error: 'invalid_token',
    title: 'The token is not an access token.',
    remedy: 'Send the access token, not the ID token, logout token or another token of the same issuer.',
  },
  client_not_accepted: {
    check: 'claims',
    status: 401,
    error: 'invalid_token',
    title: 'The token was issued to a client that is not accepted.',
    remedy: "Add the client to the issuer's `issuers.*.clients`, or have it use an issuer that accepts it.",
  },
  lifetime_too_long: {
    check: 'claims',
    status: 401,
    error: 'invalid_token',
    title: 'The token lives longer than is accepted.',
    remedy: 'Shorten the lifetime at the issuer, or raise `issuers.*.maxLifetime`.',
  },
  token_expired: {
    check: 'expiry',
    status: 401,
    error: 'invalid_token',
    title: 'The token has expired.',
    remedy:
      'Get a new token; where a fresh one fails, compare the clocks of issuer and gateway: `differenceSeconds` says how ' +
      'far they may be apart.',
  },
  token_not_yet_valid: {
    check: 'expiry',
    status: 401,
    error: 'invalid_token',
    title: 'The token is not valid yet.',
    remedy: 'Wait; or compare the clocks of issuer and gateway: `differenceSeconds` says how far they may be apart.',
  },
  token_issued_in_future: {
    check: 'expiry',
    status: 401,
    error: 'invalid_token',
    title: 'The token was issued in the future.',
    remedy: 'Compare the clocks of issuer and gateway: `differenceSeconds` says how far they are apart.',
  },
  token_inactive: {
    check: 'introspection',
    status: 401,
    error: 'invalid_token',
    title: 'The token is not active.',
    remedy: 'It is unknown to its issuer, expired or revoked. Get a new one.',
  },
  issuer_unavailable: {
    check: 'introspection',
    status: 503,
    title: 'The issuer of the token cannot be asked at the moment.',
    remedy: 'Try again. For the operator: the log says why the issuer or the token store did not answer.',
  },
  token_revoked: {
    check: 'revocation',
    status: 401,
    error: 'invalid_token',
    title: 'The token was revoked.',
    remedy: 'Get a new token. For the operator: `gatehouse explain` shows the revocation.',
  },
  revocations_stale: {
    check: 'revocation',
    status: 503,
    title: 'It cannot be said at the moment whether the token was revoked.',
    remedy: 'Try again. For the operator: the gateway has lost the revocation log.',
  },
  token_status_invalid: {
    check: 'revocation',
    status: 401,
    error: 'invalid_token',
    title: 'The token was revoked.',
    remedy:
      "Get a new token. For the operator: the issuer's status list says so; the facts name the list and the index.",
  },
  token_status_suspended: {
    check: 'revocation',
    status: 401,
    error: 'invalid_token',
    title: 'The token is suspended.',
    remedy: 'Its issuer may take that back: its status list says so. Until then, or for good, get a new token.',
  },
  token_status_unknown: {
    check: 'revocation',
    status: 401,
    error: 'invalid_token',
    title: 'The status of the token is not known.',
    remedy:
      "The issuer's status list has no entry for the token, or a status other than valid, invalid and suspended: the " +
      'facts say which. Have the issuer use these three (draft-ietf-oauth-status-list section 7.1).',
  },
  token_status_unreadable: {
    check: 'revocation',
    status: 401,
    error: 'invalid_token',
    title: 'The token says in an unknown way where its status stands.',
    remedy:
      'Its claim `status` must hold a `status_list` with `uri` and `idx`, and no other mechanism. Where the claim means ' +
      'something else with this issuer, write `issuers.*.status: ignore`.',
  },
  status_list_not_allowed: {
    check: 'revocation',
    status: 401,
    error: 'invalid_token',
    title: 'The token names a status list that is not accepted.',
    remedy:
      'Add the origin of the list to `issuers.*.statusLists`, if it is one of whom the issuer has entrusted with it.',
  },
  status_unavailable: {
    check: 'revocation',
    status: 503,
    title: 'It cannot be said at the moment whether the token is still good.',
    remedy: "Try again. For the operator: the issuer's status list cannot be had; the facts say why.",
  },
  binding_unsupported: {
    check: 'binding',
    status: 401,
    error: 'invalid_token',
    title: 'The token is bound to a key, and its proof was not given.',
    remedy: 'Send a token without `cnf`; proofs of possession are not supported yet.',
  },
  audience_mismatch: {
    check: 'policy',
    status: 401,
    error: 'invalid_token',
    title: 'The token was issued for another audience.',
    remedy: "Ask the issuer for a token for this API: its `audience` must be in the token's `aud`.",
  },
  scope_insufficient: {
    check: 'policy',
    status: 403,
    error: 'insufficient_scope',
    title: 'The token lacks a scope that this request needs.',
    remedy: 'Ask for a token with the scopes named in the challenge.',
  },
  caller_not_allowed: {
    check: 'policy',
    status: 403,
    title: 'The policy of this API does not allow this caller.',
    remedy: "The token's issuer, client, subject or consumer is not among those of the rule (`apis.*.rules`).",
  },
  consumer_unknown: {
    check: 'policy',
    status: 403,
    title: 'This API serves known consumers only.',
    remedy: 'Add the client, with its issuer, to one of the `consumers`; or let the API serve `consumers: any`.',
  },
  consumer_not_allowed: {
    check: 'policy',
    status: 403,
    title: 'This API does not serve this consumer.',
    remedy: "Add the consumer's name to `apis.*.consumers`.",
  },
  consumer_blocked: {
    check: 'policy',
    status: 403,
    title: 'This consumer is blocked.',
    remedy: 'Whoever blocked it in `consumers.*.blocked` knows why; tokens, too, are refused until that is taken back.',
  },
  rate_exceeded: {
    check: 'policy',
    status: 429,
    title: 'This consumer calls this API too often.',
    remedy: 'Wait as long as `Retry-After` says; or raise `consumers.*.rate`.',
  },
  role_missing: {
    check: 'policy',
    status: 403,
    title: 'The caller lacks a role that this request needs.',
    remedy: 'Have the issuer give the caller one of the roles of the rule; `gatehouse explain` shows those it has.',
  },
  group_missing: {
    check: 'policy',
    status: 403,
    title: 'The caller is not in a group that this request needs.',
    remedy: 'Have the caller added to one of the groups of the rule; `gatehouse explain` shows those it is in.',
  },
  groups_unknown: {
    check: 'policy',
    status: 403,
    title: 'It cannot be told from the token which groups the caller is in.',
    remedy:
      'The issuer left the groups out because there are too many; have it send fewer (those assigned to the ' +
      'application), or use roles or scopes in the rule.',
  },
  rule_missing: {
    check: 'policy',
    status: 403,
    title: 'No rule of this API allows this request.',
    remedy: 'What no rule covers is refused: add a rule for the method to `apis.*.rules`.',
  },
  condition_false: {
    check: 'policy',
    status: 403,
    title: 'The policy of this API refuses this request.',
    remedy: 'The `when` expression of the rule is false for this caller; `gatehouse explain` shows it.',
  },
  condition_failed: {
    check: 'policy',
    status: 403,
    title: 'The policy of this API refuses this request.',
    remedy: 'The `when` expression could not be evaluated, often for want of a claim; guard it with `has()`.',
  },
  upstream_unreachable: {
    check: 'upstream',
    status: 502,
    title: 'The upstream of this API cannot be reached.',
    remedy: "For the operator: see that `apis.*.upstream` is up; the log has the system's error.",
  },
  upstream_broken: {
    check: 'upstream',
    status: 502,
    title: 'The upstream of this API gave an answer that cannot be passed on.',
    remedy: 'For the operator: the upstream closed the connection or spoke no valid HTTP.',
  },
  upstream_timeout: {
    check: 'upstream',
    status: 504,
    title: 'The upstream of this API did not answer in time.',
    remedy: "For the operator: see why it is slow, or raise the API's `timeout`.",
  },
  internal_error: {
    check: 'request',
    status: 500,
    title: 'Something went wrong in the gateway.',
    remedy: 'For the operator: the log line with this request id has the details; please report it.',
  },
} as const satisfies Record<string, RejectionKind>;

export type RejectionCode = keyof typeof rejectionKinds;

/** A refusal: its code, the operator's facts, and what of them the client may know. */
export interface Rejection {
  readonly code: RejectionCode;
  /** The private half, for the operator's log and for `explain`: never the token, never a secret. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Scopes that would have been enough, for the challenge (RFC 6750 section 3). */
  readonly scope?: readonly string[];
  /** Seconds after which to try again, for `Retry-After`. */
  readonly retryAfter?: number;
}

export function rejection(
  code: RejectionCode,
  facts: Readonly<Record<string, unknown>> = {},
  hints: Pick<Rejection, 'scope' | 'retryAfter'> = {},
): Rejection {
  return { code, facts, ...hints };
}

export function kindOf(rejected: Rejection): RejectionKind {
  return rejectionKinds[rejected.code];
}

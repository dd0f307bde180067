interface NetFailureKind {
  /** What happened, for the operator. */
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Every way in which an outbound request fails. Closed: a new one is a new row here and a test that provokes it. */
const netFailureKinds = {
  url_invalid: {
    title: 'The URL is not one that can be fetched.',
    remedy: 'Write an absolute https URL without user name, password and fragment.',
  },
  not_https: {
    title: 'The URL is not https.',
    remedy: 'Use https; plain http is allowed for loopback addresses only.',
  },
  forbidden_address: {
    title: 'The address is one that is never fetched from.',
    remedy:
      'Link-local, cloud metadata, unspecified, multicast and reserved addresses are refused, and so is loopback unless the configuration or the command line names it. Correct the URL or the DNS entry.',
  },
  unknown_host: {
    title: 'The host name is unknown.',
    remedy: 'Correct the spelling, and see that this machine can resolve the name.',
  },
  refused: {
    title: 'The connection was refused.',
    remedy: 'See that the server is up and listens on this port.',
  },
  unreachable: {
    title: 'There is no route to the server.',
    remedy: 'See that no firewall or routing rule stands between this machine and the server.',
  },
  tls_expired: {
    title: "The server's certificate, or one above it, has expired.",
    remedy: "Renew the certificate; where it is still good, compare this machine's clock.",
  },
  tls_not_yet_valid: {
    title: "The server's certificate, or one above it, is not valid yet.",
    remedy: "Compare this machine's clock and the server's; else wait, or put back the certificate before.",
  },
  tls_self_signed: {
    title: "The server's certificate is signed by itself.",
    remedy: 'Name that certificate, as a PEM file, in `outbound.ca`, or give the server one of an authority.',
  },
  tls_untrusted: {
    title: "The server's certificate is not signed by an authority that is trusted here.",
    remedy: "Name the authority's certificate file in `outbound.ca`, or have the server send its whole chain.",
  },
  tls_wrong_host: {
    title: "The server's certificate is for another host name.",
    remedy: 'Use a host name for which the certificate was issued, or have it issued for this one, too.',
  },
  tls_failed: {
    title: 'No secure connection could be made.',
    remedy: 'See that the server speaks TLS 1.2 or later on this port.',
  },
  proxy_failed: {
    title: 'The HTTP proxy did not pass the request on.',
    remedy:
      'See that `outbound.proxy` (or HTTPS_PROXY) is right, its password too, and that the proxy lets this host through; `outbound.noProxy` names hosts that are called directly.',
  },
  timeout: {
    title: 'The server did not answer in time.',
    remedy:
      'See why it is slow, or what holds it up on the way. Documents and keys have 5 seconds; for all else there are `outbound.timeout` and `issuers.*.introspection.timeout`.',
  },
  connection_lost: {
    title: 'The connection broke before the answer was complete.',
    remedy: "See the server's log; something on the way may cut connections.",
  },
  malformed_answer: {
    title: 'The answer is not valid HTTP.',
    remedy: 'See that the URL is one of a web server.',
  },
  too_large: {
    title: 'The answer is too large.',
    remedy: 'See that the URL is the right one; no document of this kind is that large.',
  },
  redirect: {
    title: 'The server redirects elsewhere.',
    remedy: 'Redirects are not followed. Where the new place is right, configure it.',
  },
  http_status: {
    title: 'The server answered with an error.',
    remedy: "Compare the URL with the provider's documentation; see the server's log.",
  },
  not_json: {
    title: 'The answer is not JSON.',
    remedy: 'The URL must be that of a JSON document, not of a page for people.',
  },
  json_unsafe: {
    title: 'The answer is JSON that can be misread.',
    remedy:
      'Tell whoever runs the server what the facts name: a member that is written twice, a number out of range, damaged text, or more than 32 levels.',
  },
  answer_encoded: {
    title: 'The answer is compressed, which was not asked for.',
    remedy: 'Have the server, or a cache before it, send it as it is where `Accept-Encoding` says `identity`.',
  },
  aborted: {
    title: 'The request was called off.',
    remedy: 'Nothing: whoever asked no longer needs the answer.',
  },
} as const satisfies Record<string, NetFailureKind>;

export type NetFailureCode = keyof typeof netFailureKinds;

/** Why an outbound request failed: a value, never an exception. Holds no secret: of the URL only origin and path. */
export interface NetFailure extends NetFailureKind {
  readonly code: NetFailureCode;
  readonly facts: Readonly<Record<string, unknown>>;
}

export function netFailure(code: NetFailureCode, facts: Readonly<Record<string, unknown>>): NetFailure {
  return { code, ...netFailureKinds[code], facts };
}

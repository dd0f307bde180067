interface NoticeKind {
  readonly title: string;
  readonly remedy: string;
}

/** What is seen of an issuer that works, and will surprise all the same. Closed, as failures are. */
const noticeKinds = {
  issuer_elsewhere: {
    title: 'The document is not at the well-known place of the issuer that it names.',
    remedy: 'Name the document in `issuers.*.discovery`, besides the issuer to the letter.',
  },
  issuer_not_https: {
    title: 'The issuer calls itself by http, which is taken for loopback only.',
    remedy:
      'Set the public address of its server: behind a proxy that ends TLS it may not know that it is https (Keycloak: `hostname` and `proxy-headers`).',
  },
  issuer_unwritable: {
    title: 'The document holds characters that no URL has, and is not proposed.',
    remedy: 'See that the URL is the one of the provider; read the document yourself before you trust it.',
  },
  form_unusual: {
    title: 'The issuer does not look like one of this provider.',
    remedy: 'Compare it with what the provider documents; the preset `oidc` takes issuers of every form.',
  },
  not_verifiable: {
    title: 'No access token of this issuer can be verified by its keys.',
    remedy: 'Have its tokens introspected: `issuers.*.introspection`.',
  },
  several_tenants: {
    title: 'This document is the one of several tenants.',
    remedy: 'List the tenants that are accepted, as GUIDs, in `issuers.*.tenants`.',
  },
  access_token_issuer: {
    title: 'Access tokens carry another `iss` than the document has as `issuer`.',
    remedy: 'Write it into `issuers.*.acceptedIssuers`, unless the preset knows it.',
  },
  clock_differs: {
    title: "This machine's clock and the issuer's differ.",
    remedy: 'Set the clock by NTP: tokens seem expired, or of the future, where it is off.',
  },
  keys_without_kid: {
    title: 'Keys have no `kid`.',
    remedy: 'Nothing, where there are few: they are found by `x5t`, or each that fits is tried.',
  },
  keys_without_algorithm: {
    title: 'Keys do not say their `alg`.',
    remedy:
      'Nothing: they verify by any algorithm that the preset accepts for their type; `issuers.*.algorithms` narrows it.',
  },
  keys_weak: {
    title: 'Keys are too weak, and are skipped: tokens that they sign are refused.',
    remedy: 'Have the issuer make RSA keys of 2048 bits or more, or EC keys.',
  },
  keys_malformed: {
    title: 'Keys are damaged, and are skipped.',
    remedy: 'Tell whoever runs the issuer; tokens of other keys are not touched by it.',
  },
  keys_unsupported: {
    title: 'Keys are of a type, curve or algorithm that is not taken, and are skipped.',
    remedy: 'Nothing, unless tokens are signed by them: then have the issuer sign by RS256, PS256, ES256 or EdDSA.',
  },
  keys_not_for_signatures: {
    title: 'Keys are not for signatures, and are skipped.',
    remedy: 'Nothing: many issuers publish their encryption keys beside the others.',
  },
  keys_repeated: {
    title: 'Keys are there more than once.',
    remedy: 'Nothing: one of each counts.',
  },
  keys_beyond_limit: {
    title: 'The key set holds more than 1000 keys, and only the first 1000 count.',
    remedy: 'See that the URL is the one of this issuer alone; have it withdraw keys that sign no more.',
  },
} as const satisfies Record<string, NoticeKind>;

export type NoticeCode = keyof typeof noticeKinds;

export interface Notice extends NoticeKind {
  readonly code: NoticeCode;
  readonly facts: Readonly<Record<string, unknown>>;
}

export function notice(code: NoticeCode, facts: Readonly<Record<string, unknown>> = {}): Notice {
  return { code, ...noticeKinds[code], facts };
}

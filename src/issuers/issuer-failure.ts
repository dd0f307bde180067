import type { NetFailure } from '../net/index.ts';

interface IssuerFailureKind {
  readonly title: string;
  readonly remedy: string;
}

/** What can be wrong with an issuer's documents, once they were fetched. Closed, as are the failures of net/. */
const issuerFailureKinds = {
  discovery_malformed: {
    title: 'The discovery document is not a JSON object.',
    remedy: "Correct the issuer's URL, or name the document itself in `issuers.*.discovery`.",
  },
  discovery_issuer_mismatch: {
    title: 'The discovery document is of another issuer.',
    remedy:
      "Write `issuers.*.issuer` exactly as the document's `issuer`, to the last slash, if that is the issuer you mean.",
  },
  discovery_without_issuer: {
    title: 'The discovery document does not say whose it is: it has no `issuer`.',
    remedy: 'See that the URL is the one of the issuer; its document must name it (RFC 8414 section 2).',
  },
  discovery_without_keys: {
    title: 'The discovery document names no key set.',
    remedy: 'Name the key set in `issuers.*.jwksUri`, or use introspection if the issuer has none.',
  },
  key_set_malformed: {
    title: 'The document is not a JWK Set.',
    remedy: 'A JWK Set is a JSON object with an array `keys` (RFC 7517 section 5). Correct `issuers.*.jwksUri`.',
  },
  key_set_empty: {
    title: 'The key set holds no key that verifies tokens.',
    remedy: 'See why each key was skipped, and have the issuer publish its signature keys.',
  },
  key_published_private: {
    title: 'The key set shows a private key: whoever reads it can make tokens of this issuer.',
    remedy: 'Tell whoever runs the issuer at once: that key must be withdrawn and replaced. Here it verifies nothing.',
  },
  key_published_secret: {
    title: 'The key set shows a symmetric key: whoever reads it can make tokens of this issuer.',
    remedy: 'Tell whoever runs the issuer: sign by RS256 or ES256, and replace that secret. Here it verifies nothing.',
  },
} as const satisfies Record<string, IssuerFailureKind>;

export type IssuerFailureCode = keyof typeof issuerFailureKinds;

/** Why an issuer's keys could not be had. */
export type IssuerFailure = NetFailure | DocumentFailure;

export interface DocumentFailure extends IssuerFailureKind {
  readonly code: IssuerFailureCode;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What was fetched of an issuer, or why it could not be had. */
export type IssuerResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: IssuerFailure };

export function documentFailed(
  code: IssuerFailureCode,
  facts: Readonly<Record<string, unknown>>,
): { readonly ok: false; readonly failure: DocumentFailure } {
  return { ok: false, failure: { code, ...issuerFailureKinds[code], facts } };
}

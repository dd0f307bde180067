import { type HttpClient, isLoopbackHost, type NetFailure } from '../net/index.ts';
import type { JsonObject } from '../protocol/claims.ts';
import { documentFailed, type IssuerResult } from './issuer-failure.ts';
import { isObject } from './json-shape.ts';
import type { KeySpec } from './key-spec.ts';

/** Where the key set is, and who said so. */
export interface KeyLocation {
  readonly jwksUri: string;
  /** See `HttpRequest`. */
  readonly namedBy: 'operator' | 'peer';
  readonly warnings: readonly string[];
}

/** Milliseconds for one document; there are two to be fetched while a request waits. */
export const documentTimeout = 5_000;

/** The configured key set, or the one that the discovery document names. */
export async function locateKeys(
  http: HttpClient,
  spec: KeySpec,
  signal: AbortSignal,
): Promise<IssuerResult<KeyLocation>> {
  if (spec.jwksUri !== undefined) {
    return { ok: true, value: { jwksUri: spec.jwksUri, namedBy: 'operator', warnings: [] } };
  }
  let missing: NetFailure | undefined;
  for (const url of spec.discoveryUrls) {
    const document = await http.getJson({ url, signal, timeout: documentTimeout });
    if (document.ok) return readDocument(document.value.value, url, spec);
    if (!isMissing(document.failure)) return document;
    missing ??= document.failure;
  }
  return missing === undefined ? documentFailed('discovery_without_keys', {}) : { ok: false, failure: missing };
}

/** Not at this well-known place. A page, or the way to one, is what many servers give instead of 404. */
function isMissing({ code, facts }: NetFailure): boolean {
  if (code === 'http_status') return Number(facts['status']) < 500;
  return code === 'not_json' || code === 'redirect';
}

function readDocument(document: unknown, url: string, spec: KeySpec): IssuerResult<KeyLocation> {
  if (!isObject(document)) return documentFailed('discovery_malformed', { url });
  const { issuer, jwks_uri: jwksUri } = document;
  // RFC 8414 section 3.3: "If these values are not identical, the data contained in the response MUST NOT be used."
  if (typeof issuer !== 'string' || !spec.documentIssuers.includes(issuer)) {
    return documentFailed('discovery_issuer_mismatch', { url, expected: spec.documentIssuers, actual: issuer ?? null });
  }
  if (typeof jwksUri !== 'string') return documentFailed('discovery_without_keys', { url });
  const namedBy = leadsNowhereNew(url, jwksUri) ? 'operator' : 'peer';
  return { ok: true, value: { jwksUri, namedBy, warnings: warningsOf(document, spec) } };
}

/** A document from elsewhere must not point at what listens on this machine's loopback. */
function leadsNowhereNew(documentUrl: string, jwksUri: string): boolean {
  const { hostname, origin } = new URL(documentUrl);
  return isLoopbackHost(hostname) || URL.parse(jwksUri)?.origin === origin;
}

/** AD FS gives access tokens an `iss` of their own, and says so in its document ([MS-OIDCE] section 2.2.3.2). */
function warningsOf(document: JsonObject, { acceptedIssuers }: KeySpec): readonly string[] {
  const { access_token_issuer: issuer } = document;
  if (typeof issuer !== 'string' || acceptedIssuers.includes(issuer)) return [];
  return [`Access tokens carry the iss ${JSON.stringify(issuer)}, which is not in issuers.*.acceptedIssuers.`];
}

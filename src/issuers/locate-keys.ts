import { type HttpClient, type HttpRequest, isLoopbackHost } from '../net/index.ts';
import type { JsonObject } from '../protocol/claims.ts';
import { clip } from './clip.ts';
import { type DiscoveryDocument, fetchDiscovery } from './fetch-discovery.ts';
import { documentFailed, type IssuerResult } from './issuer-failure.ts';
import type { KeySpec } from './key-spec.ts';

/** Where the key set is, and who said so. */
export interface KeyLocation {
  readonly jwksUri: string;
  /** See `HttpRequest`. */
  readonly namedBy: NonNullable<HttpRequest['namedBy']>;
  /** The discovery document that named it; undefined where the operator did. */
  readonly documentUrl: string | undefined;
  readonly warnings: readonly string[];
}

/** The configured key set, or the one that the discovery document names. */
export async function locateKeys(
  http: HttpClient,
  spec: KeySpec,
  signal: AbortSignal,
): Promise<IssuerResult<KeyLocation>> {
  if (spec.jwksUri !== undefined) return { ok: true, value: configuredLocation(spec.jwksUri) };
  const found = await fetchDiscovery(http, spec.discoveryUrls, { signal });
  return found.ok ? readDocument(found.value, spec) : found;
}

export function configuredLocation(jwksUri: string): KeyLocation {
  return { jwksUri, namedBy: 'operator', documentUrl: undefined, warnings: [] };
}

function readDocument({ url, document }: DiscoveryDocument, spec: KeySpec): IssuerResult<KeyLocation> {
  const { issuer } = document;
  // RFC 8414 section 3.3: "If these values are not identical, the data contained in the response MUST NOT be used."
  if (typeof issuer !== 'string') return documentFailed('discovery_without_issuer', { url });
  if (!spec.documentIssuers.includes(issuer)) {
    const facts = { url, expected: spec.documentIssuers, actual: clip(issuer) };
    return documentFailed('discovery_issuer_mismatch', facts);
  }
  const warnings = warningsOf(document, spec);
  return discoveredLocation({ url, document }, warnings);
}

export function discoveredLocation(
  { url, document }: DiscoveryDocument,
  warnings: readonly string[] = [],
): IssuerResult<KeyLocation> {
  const { jwks_uri: jwksUri } = document;
  if (typeof jwksUri !== 'string') return documentFailed('discovery_without_keys', { url });
  const namedBy = leadsNowhereNew(url, jwksUri) ? 'operator' : 'peer';
  return { ok: true, value: { jwksUri, namedBy, documentUrl: url, warnings } };
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
  return [`Access tokens carry the iss ${JSON.stringify(clip(issuer))}, which is not in issuers.*.acceptedIssuers.`];
}

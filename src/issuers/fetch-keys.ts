import { sha256Hex } from '../base/sha256.ts';
import type { HttpClient, HttpResponse } from '../net/index.ts';
import type { Json } from '../protocol/claims.ts';
import { importKeySet, type KeySet, type SkippedKey } from '../tokens/index.ts';
import { freshnessOf } from './cache-control.ts';
import { documentTimeout } from './fetch-discovery.ts';
import { documentFailed, type IssuerResult } from './issuer-failure.ts';
import { isObject } from './json-shape.ts';
import type { SkippedKeyFacts } from './key-source.ts';
import type { KeyLocation } from './locate-keys.ts';
import { isOfTenant } from './tenant.ts';

/** A key set as it was published at one moment. */
export interface FetchedKeys {
  readonly keySet: KeySet;
  readonly skipped: readonly SkippedKeyFacts[];
  /** The same for the same keys, in whatever order they come. */
  readonly fingerprint: string;
  readonly jwksUri: string;
  /** The discovery document that named it, if one did. */
  readonly documentUrl: string | undefined;
  /** Milliseconds, by the answer's Cache-Control. */
  readonly freshFor: number | undefined;
  /** When the issuer sent it, by its own clock; undefined where it does not say. */
  readonly sentAt: number | undefined;
  readonly warnings: readonly string[];
}

export async function fetchKeys(
  http: HttpClient,
  { jwksUri, namedBy, documentUrl, warnings }: KeyLocation,
  tenant: string | undefined,
  signal: AbortSignal,
): Promise<IssuerResult<FetchedKeys>> {
  const document = await http.getJson({ url: jwksUri, namedBy, signal, timeout: documentTimeout });
  if (!document.ok) return document;
  const { value, response } = document.value;
  const published = isObject(value) ? value['keys'] : undefined;
  if (!Array.isArray(published)) return documentFailed('key_set_malformed', { url: jwksUri });
  const { own, foreign } = byTenant(published, tenant);
  const { keySet, skipped: unusable } = importKeySet({ keys: own });
  const skipped = [...unusable.map(withoutIndex), ...foreign];
  if (keySet.keys.length === 0) return documentFailed('key_set_empty', { url: jwksUri, skipped });
  const fingerprint = fingerprintOf(own);
  return { ok: true, value: { keySet, skipped, fingerprint, jwksUri, documentUrl, warnings, ...timesOf(response) } };
}

interface KeysByTenant {
  readonly own: readonly Json[];
  readonly foreign: readonly SkippedKeyFacts[];
}

function byTenant(published: readonly Json[], tenant: string | undefined): KeysByTenant {
  if (tenant === undefined) return { own: published, foreign: [] };
  const foreign = published.filter((jwk) => !isOfTenant(jwk, tenant));
  return {
    own: published.filter((jwk) => isOfTenant(jwk, tenant)),
    foreign: foreign.map((jwk) => ({ kid: kidOf(jwk), reason: 'other_tenant' })),
  };
}

function kidOf(jwk: Json): string | undefined {
  const kid = isObject(jwk) ? jwk['kid'] : undefined;
  return typeof kid === 'string' ? kid : undefined;
}

function withoutIndex({ kid, reason }: SkippedKey): SkippedKeyFacts {
  return { kid, reason };
}

function timesOf({ headers }: HttpResponse): Pick<FetchedKeys, 'freshFor' | 'sentAt'> {
  const sentAt = Date.parse(headers['date'] ?? '');
  return { freshFor: freshnessOf(headers), sentAt: Number.isNaN(sentAt) ? undefined : sentAt };
}

/** Neither the order of the keys nor that of their members means anything (RFC 7517 section 5). */
function fingerprintOf(keys: readonly Json[]): string {
  return sha256Hex(JSON.stringify(keys.map(canonical).sort()));
}

function canonical(jwk: Json): string {
  const members = isObject(jwk) ? Object.entries(jwk).sort(([a], [b]) => (a < b ? -1 : 1)) : jwk;
  return JSON.stringify(members);
}

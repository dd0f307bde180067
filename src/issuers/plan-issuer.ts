import { type Rejection, rejection } from '../protocol/rejection.ts';
import type { DecryptionKey, JwtExpectation } from '../tokens/index.ts';
import { discoveryUrl } from './discovery-form.ts';
import type { TenantOptions } from './expand-tenants.ts';
import type { IssuerOptions } from './issuer-options.ts';
import { IssuerOptionsInvalid } from './issuer-options-invalid.ts';
import type { KeySpec } from './key-spec.ts';
import type { Preset } from './preset.ts';
import { presets } from './presets.ts';
import type { PrincipalRules } from './read-principal.ts';
import { tenantOf } from './tenant.ts';

/** Preset and options, worked out. */
export interface IssuerPlan {
  readonly preset: Preset;
  readonly expectation: JwtExpectation;
  readonly keys: KeySpec;
  readonly rules: PrincipalRules;
  readonly refusal: Rejection | undefined;
  readonly decryptionKeys: readonly DecryptionKey[];
}

const onlyOpaque = 'It is configured by its introspection endpoint alone: only its opaque tokens are taken.';

/** @throws IssuerOptionsInvalid */
export function planIssuer(name: string, { options, documentIssuers }: TenantOptions): IssuerPlan {
  const preset = presets[options.preset];
  const { issuer } = options;
  if (issuer.includes('/.well-known/') && options.opaqueOnly !== true) {
    const reason = `${JSON.stringify(issuer)} is where a document of the issuer is, not the issuer.`;
    const remedy = 'Write what the document has as `issuer`, to the letter; `gatehouse issuers add` takes its URL.';
    throw new IssuerOptionsInvalid(name, 'issuer', reason, remedy);
  }
  if (preset.form !== undefined && !preset.form.pattern.test(issuer)) {
    const reason = `${JSON.stringify(issuer)} is not an issuer of ${preset.title}.`;
    throw new IssuerOptionsInvalid(name, 'issuer', reason, preset.form.remedy);
  }
  const tenant = preset.tenanted === true ? tenantOf(issuer) : undefined;
  const acceptedIssuers = options.acceptedIssuers ?? preset.acceptedIssuers?.(issuer) ?? [issuer];
  const refusal = options.opaqueOnly === true ? onlyOpaque : preset.refusal?.(issuer);
  return Object.freeze({
    preset,
    expectation: expectationOf(preset, options, acceptedIssuers, tenant),
    keys: {
      name,
      jwksUri: options.jwksUri,
      discoveryUrls:
        options.jwksUri === undefined && refusal === undefined ? discoveryUrlsOf(name, preset, options) : [],
      documentIssuers,
      acceptedIssuers,
      tenant,
      times: timesOf(name, options),
    },
    rules: rulesOf(name, preset, options),
    refusal: refusal === undefined ? undefined : rejection('issuer_not_verifiable', { issuer: name, reason: refusal }),
    decryptionKeys: options.decryptionKeys ?? [],
  });
}

function expectationOf(
  preset: Preset,
  options: IssuerOptions,
  issuers: readonly string[],
  tenant: string | undefined,
): JwtExpectation {
  return Object.freeze({
    issuers,
    algorithms: options.algorithms ?? preset.algorithms,
    types: options.typ?.map(typeOf) ?? preset.types,
    required: options.required ?? [],
    leewaySeconds: options.leewaySeconds ?? 5,
    maxLifetimeSeconds: options.maxLifetimeSeconds,
    equals: { ...(options.equals ?? preset.equals), ...(tenant === undefined ? {} : { tid: [tenant] }) },
  });
}

function typeOf(typ: string): string | undefined {
  return typ === 'none' ? undefined : typ.toLowerCase().replace(/^application\//, '');
}

/** @throws IssuerOptionsInvalid */
function discoveryUrlsOf(name: string, preset: Preset, { discovery, issuer }: IssuerOptions): readonly string[] {
  if (discovery !== undefined) return [discovery];
  const base = URL.parse(preset.discoveryBase?.(issuer) ?? issuer);
  if (base === null || base.search !== '' || base.hash !== '') {
    // RFC 8414 section 2: "a URL that uses the "https" scheme and has no query or fragment components"
    const reason = `${JSON.stringify(issuer)} is not an absolute URL without query and fragment.`;
    const remedy = 'Write the issuer as its discovery document does, or name `discovery` or `jwksUri`.';
    throw new IssuerOptionsInvalid(name, 'issuer', reason, remedy);
  }
  return [...new Set(preset.discovery.map((form) => discoveryUrl(base, form)))];
}

/** @throws IssuerOptionsInvalid */
function timesOf(name: string, { keys = {} }: IssuerOptions): KeySpec['times'] {
  const { minRefresh = 60_000, maxRefresh = 300_000, coolDown = 10_000, maxStale = 86_400_000 } = keys;
  if (minRefresh > maxRefresh || maxRefresh > maxStale) {
    const reason = '`minRefresh`, `maxRefresh` and `maxStale` must not become smaller in this order.';
    throw new IssuerOptionsInvalid(name, 'keys', reason, 'Leave them out for 1 minute, 5 minutes and 24 hours.');
  }
  return { minRefresh, maxRefresh, coolDown, maxStale };
}

function rulesOf(name: string, preset: Preset, options: IssuerOptions): PrincipalRules {
  return Object.freeze({
    name,
    identifier: options.issuer,
    places: { ...preset.places, ...options.claims },
    demands: options.demands ?? preset.demands,
    clients: options.clients === undefined ? undefined : new Set(options.clients),
    audienceFromClient: options.audienceFromClient ?? preset.audienceFromClient,
  });
}

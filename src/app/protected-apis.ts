import { createConsumers, type ProtectedApi } from '../access/index.ts';
import type { ApiConfig } from '../config/index.ts';
import type { Issuer, IssuerRegistry } from '../issuers/index.ts';
import { compilePolicy } from '../policy/index.ts';
import type { OwnIssuer } from './own-issuer.ts';

/** The APIs of the configuration as the decision sees them. The configuration was checked: every name is known. */
export function protectedApis(
  apis: readonly ApiConfig[],
  registry: IssuerRegistry,
  own: OwnIssuer | undefined,
): readonly ProtectedApi[] {
  return apis.map((api) => protectedApi(api, registry, own));
}

function protectedApi(api: ApiConfig, registry: IssuerRegistry, own: OwnIssuer | undefined): ProtectedApi {
  const accepted = api.accept.flatMap((name) => (name === 'provider' ? (own?.issuer ?? []) : registry.named(name)));
  return Object.freeze({
    name: api.name,
    audiences: api.audience,
    issuers: byIss(accepted),
    introspected: new Map(),
    opaque: own !== undefined && api.accept.includes('provider') ? [own.opaque] : [],
    askInOrder: false,
    graceMs: 0,
    policy: compilePolicy(api.rules),
    consumers: createConsumers([]),
    consumer: 'any',
    onStaleRevocations: api.onStaleRevocations,
  });
}

function byIss(issuers: readonly Issuer[]): ReadonlyMap<string, Issuer> {
  return new Map(issuers.flatMap((issuer) => issuer.expectation.issuers.map((iss) => [iss, issuer] as const)));
}

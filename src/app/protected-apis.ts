import type { Consumers, OpaqueSource, ProtectedApi } from '../access/index.ts';
import type { ApiConfig } from '../config/index.ts';
import type { Issuer, IssuerRegistry } from '../issuers/index.ts';
import { compilePolicy } from '../policy/index.ts';
import type { OpaqueSources } from './opaque-sources.ts';
import type { OwnIssuer } from './own-issuer.ts';
import type { StatusRegistry } from './status-registry.ts';

/** Everybody who can vouch for a caller. */
export interface Vouchers {
  readonly registry: IssuerRegistry;
  readonly sources: OpaqueSources;
  readonly statuses: StatusRegistry;
  readonly own: OwnIssuer | undefined;
}

/** The APIs of the configuration as the decision sees them. The configuration was checked: every name is known. */
export function protectedApis(
  apis: readonly ApiConfig[],
  vouchers: Vouchers,
  consumers: Consumers,
): readonly ProtectedApi[] {
  return apis.map((api) => protectedApi(api, vouchers, consumers));
}

function protectedApi(api: ApiConfig, vouchers: Vouchers, consumers: Consumers): ProtectedApi {
  return Object.freeze({
    name: api.name,
    audiences: api.audience,
    ...vouchersOf(api.accept, vouchers),
    askInOrder: api.introspection.ask === 'in-order',
    graceMs: api.introspection.grace,
    policy: compilePolicy(api.rules),
    consumers,
    consumer: api.consumers,
    onStaleRevocations: api.onStaleRevocations,
  });
}

/** Those of a list of names that vouch by JWTs, and those that are asked. */
export function vouchersOf(
  names: readonly string[],
  { registry, sources, statuses, own }: Vouchers,
): Pick<ProtectedApi, 'issuers' | 'introspected' | 'opaque' | 'statuses'> {
  const asked = names.flatMap((name) => sources.named(name) ?? []);
  return {
    issuers: byIss(names.flatMap((name) => (name === 'provider' ? (own?.issuer ?? []) : registry.named(name)))),
    introspected: sourcesByIss(asked.filter(({ issuer }) => sources.isAskedAboutJwts(issuer.name))),
    // Of our own tokens, the revocation log knows sooner than any list.
    statuses: new Map(
      names.flatMap((name) => registry.named(name)).flatMap((issuer) => pairWith(issuer, statuses.of(issuer))),
    ),
    opaque: names.flatMap((name) => (name === 'provider' ? own?.opaque : sources.named(name)) ?? []),
  };
}

function pairWith<Value>(issuer: Issuer, value: Value | undefined): readonly (readonly [Issuer, Value])[] {
  return value === undefined ? [] : [[issuer, value]];
}

function byIss(issuers: readonly Issuer[]): ReadonlyMap<string, Issuer> {
  return new Map(issuers.flatMap((issuer) => issuer.expectation.issuers.map((iss) => [iss, issuer] as const)));
}

function sourcesByIss(sources: readonly OpaqueSource[]): ReadonlyMap<string, OpaqueSource> {
  return new Map(sources.flatMap((source) => source.issuer.expectation.issuers.map((iss) => [iss, source] as const)));
}

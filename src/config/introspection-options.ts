import { type Issuer, presetIntrospection } from '../issuers/index.ts';
import type { IntrospectionOptions, OpaqueTokenForm } from '../opaque/index.ts';
import { linearMatches } from '../policy/index.ts';
import type { IssuerConfig } from './config.ts';
import { introspectionClient } from './introspection-client.ts';
import { issuerIdentifier } from './issuer-identifier.ts';

/** Where an issuer is asked about its tokens, and in which protocol. */
export function introspectionPlace(config: IssuerConfig): ReturnType<typeof presetIntrospection> {
  const { endpoint, protocol } = presetIntrospection(config.preset, issuerIdentifier(config) ?? '');
  return { endpoint: config.introspection?.endpoint ?? endpoint, protocol };
}

/**
 * An issuer that is asked about its tokens, as src/opaque wants it; undefined where it is not asked.
 *
 * @throws ClientKeyInvalid
 */
export function introspectionOptions(
  config: IssuerConfig,
  { identifier, expectation }: Pick<Issuer, 'identifier' | 'expectation'>,
): IntrospectionOptions | undefined {
  const { introspection, opaque, clients } = config;
  const { endpoint, protocol } = introspectionPlace(config);
  if (introspection === undefined || endpoint === undefined) return undefined;
  const { signed, expiry, cache, negativeCache, timeout, concurrency } = introspection;
  return {
    issuerName: config.name,
    issuer: identifier,
    expectation,
    // Whoever is known by the endpoint alone has nothing else to be compared with.
    anyIssuer: config.issuer === undefined && config.acceptedIssuers === undefined,
    endpoint,
    protocol,
    authentication: introspectionClient(introspection),
    ...(opaque && { form: formOf(opaque) }),
    ...(clients && { clients }),
    signed,
    expiry,
    cache,
    negativeCache,
    timeout,
    concurrency,
  };
}

function formOf({ prefixes, pattern, gatehouse }: NonNullable<IssuerConfig['opaque']>): OpaqueTokenForm {
  if (gatehouse) return { gatehouse };
  return {
    ...(prefixes && { prefixes }),
    ...(pattern && { matches: (token: string) => linearMatches(pattern, token) }),
  };
}

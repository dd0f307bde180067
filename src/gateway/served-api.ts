import type { ProtectedApi } from '../access/index.ts';
import { type Cors, createCors } from './cors.ts';
import { createIdentity } from './create-identity.ts';
import type { GatewayApi, RouteOptions } from './gateway-options.ts';
import type { Identity } from './identity.ts';
import type { IdentitySigner } from './identity-signer.ts';
import type { PoolOptions, UpstreamPool } from './upstream/index.ts';

/** An API made ready: what its requests have in common is worked out once. */
export interface ServedApi extends PreparedApi {
  readonly pool: UpstreamPool;
}

export interface PreparedApi {
  readonly name: string;
  readonly route: RouteOptions;
  readonly protected: ProtectedApi;
  readonly realm: string;
  readonly identity: Identity;
  readonly cors: Cors | undefined;
  readonly maxBodyBytes: number;
  readonly upstream: Upstream;
}

export interface Upstream {
  readonly poolOptions: PoolOptions;
  /** Path of the upstream's URL without trailing slash. */
  readonly basePath: string;
  readonly hostname: string;
  readonly preservesHost: boolean;
  readonly firstByteMs: number;
  readonly idleMs: number;
}

/** @throws TypeError where the options cannot work */
export function prepareApi(api: GatewayApi, defaultRealm: string, signer: IdentitySigner | undefined): PreparedApi {
  return Object.freeze({
    name: api.protected.name,
    route: api.route,
    protected: api.protected,
    realm: api.realm ?? defaultRealm,
    identity: createIdentity(api.identity, signer),
    cors: api.cors === undefined ? undefined : createCors(api.cors),
    maxBodyBytes: api.maxBodyBytes ?? Number.POSITIVE_INFINITY,
    upstream: prepareUpstream(api),
  });
}

function prepareUpstream({ upstream, timeouts }: GatewayApi): Upstream {
  const url = new URL(upstream.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError('an upstream is http: or https:');
  if (url.username + url.password + url.search + url.hash !== '') {
    throw new TypeError('an upstream URL has no credentials, query or fragment');
  }
  return Object.freeze({
    poolOptions: Object.freeze({ origin: url.origin, ca: upstream.ca, connectMs: timeouts?.connectMs ?? 5_000 }),
    basePath: url.pathname.replace(/\/$/, ''),
    hostname: url.hostname,
    preservesHost: upstream.preserveHost ?? false,
    firstByteMs: timeouts?.firstByteMs ?? 60_000,
    idleMs: timeouts?.idleMs ?? 300_000,
  });
}

import { readFileSync } from 'node:fs';
import type { ProtectedApi } from '../access/index.ts';
import type { ApiConfig, Config } from '../config/index.ts';
import type { GatewayApi, GatewayOptions, IdentityOptions, UpstreamOptions } from '../gateway/index.ts';
import { StartupFailure } from './listener.ts';

/** The configuration as src/gateway wants it. */
export function gatewayOptions({ gateway, apis }: Config, guarded: readonly ProtectedApi[]): GatewayOptions {
  const { limits, timeouts } = gateway;
  return Object.freeze({
    listen: gateway.listen,
    apis: apis.map((api) => gatewayApi(api, named(api.name, guarded))),
    trustedProxies: gateway.trustedProxies,
    decisionPath: gateway.decide,
    realm: gateway.realm,
    limits: { headerBytes: limits.headers, headerCount: limits.headerCount, targetLength: limits.target },
    timeouts: { headersMs: timeouts.headers, keepAliveMs: timeouts.keepAlive, reviewMs: timeouts.review },
  });
}

function named(name: string, guarded: readonly ProtectedApi[]): ProtectedApi {
  const found = guarded.find((api) => api.name === name);
  if (found === undefined) throw new Error(`the API ${name} has no guard`);
  return found;
}

function gatewayApi(api: ApiConfig, guard: ProtectedApi): GatewayApi {
  const { connect, firstByte, idle } = api.timeouts;
  return {
    protected: guard,
    realm: api.realm,
    route: api.route,
    upstream: upstreamOptions(api),
    identity: identityOptions(api),
    maxBodyBytes: api.limits.body,
    timeouts: { connectMs: connect, firstByteMs: firstByte, idleMs: idle },
    cors: api.cors === undefined ? undefined : { ...api.cors, maxAgeSeconds: api.cors.maxAge / 1000 },
  };
}

function upstreamOptions({ name, upstream }: ApiConfig): UpstreamOptions {
  const { url, ca, preserveHost } = upstream;
  return { url, preserveHost, ca: ca === undefined ? undefined : readAuthorities(ca, `apis.${name}.upstream.ca`) };
}

function readAuthorities(file: string, setting: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupFailure(
      `cannot read ${file} (${setting}): ${reason}. Remedy: name a file that this user may read`,
    );
  }
}

function identityOptions({ forward, audience }: ApiConfig): IdentityOptions {
  switch (forward.identity) {
    case 'jwt':
      return { kind: 'jwt', audience: forward.audience ?? audience[0] ?? '', lifetimeMs: forward.lifetime };
    case 'headers':
      return { kind: 'headers', claims: forward.headers };
    case 'token':
    case 'none':
      return { kind: forward.identity };
  }
}

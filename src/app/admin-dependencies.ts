import type { AdminDependencies } from '../admin/index.ts';
import type { Config } from '../config/index.ts';
import { chooseTokenFormat } from '../provider/index.ts';
import type { House } from './assemble.ts';
import type { Watch } from './watch.ts';

/** What the admin API reaches for, looked up anew for every call: a reload changes what is found. */
export function adminDependencies(house: House, watch: Watch): AdminDependencies {
  const { clock, access, store, revocations, provider } = house;
  return {
    clock,
    access,
    self: () => house.adminApi(),
    protectedApi: (name) => house.generation().guarded.find((api) => api.name === name),
    apis: () => house.generation().config.apis.map(describeApi),
    issuers: () => [house.own()?.issuer ?? [], house.generation().vouchers.registry.all].flat(),
    introspections: () => house.generation().vouchers.sources.health(),
    http: house.http,
    revocations: {
      revoke: (entries) => revocations.revoke(entries),
      revokeEverywhere: (entries, waitMs) => revocations.revokeEverywhere(entries, waitMs),
      whereInForce: (seq) => revocations.whereInForce(seq),
      list: (filter) => store.revocationLog.list(filter),
      log: store.revocationLog,
    },
    roster: store.gatewayRoster,
    provider,
    signingKeys: store.signingKeys,
    audit: store.audit,
    ...watch,
  };
}

function describeApi({ name, audience, route, upstream, accept, tokens }: Config['apis'][number]) {
  return {
    name,
    audiences: audience,
    route: { hosts: route.hosts ?? [], path: route.path },
    upstream: upstream.url,
    accept,
    tokens: accept.includes('provider') ? chooseTokenFormat(tokens ?? {}) : undefined,
  };
}

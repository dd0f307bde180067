import { adminScope, followScope } from '../../protocol/admin-access.ts';
import type { Config } from '../config.ts';
import { providerName } from './check-accepted-issuers.ts';
import { checkNames } from './check-names.ts';
import type { Findings } from './findings.ts';

/** OpenID Connect Core section 5.4 and 11. */
const openidScopes = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];

/** Clients and accounts belong to the provider; what they name exists. */
export function checkClients(config: Config, findings: Findings): void {
  for (const section of ['clients', 'accounts'] as const) {
    if (config.provider !== undefined || config[section].length === 0) continue;
    const remedy = config.store.kind === 'none' ? 'Configure them at the hub.' : 'Add a `provider` section.';
    findings.fault([section], 'need a provider, and there is none', remedy);
  }
  const names = config.apis.filter(({ accept }) => accept.includes(providerName)).map(({ name }) => name);
  const scopes = [...scopesOf(config), ...openidScopes, adminScope, followScope];
  config.clients.forEach((client, index) => {
    const path = ['clients', index];
    checkNames(client.apis ?? [], names, 'API that accepts provider', [...path, 'apis'], findings);
    checkNames(
      client.introspects ?? [],
      [...names, '*'],
      'API that accepts provider',
      [...path, 'introspects'],
      findings,
    );
    checkNames(client.scopes ?? [], scopes, 'scope of an API that accepts provider', [...path, 'scopes'], findings);
  });
}

/** The scopes that our own provider can issue for. */
export function scopesOf({ apis }: Config): readonly string[] {
  return apis
    .filter(({ accept }) => accept.includes(providerName))
    .flatMap(({ scopes = [], rules }) => [...scopes, ...rules.flatMap((rule) => rule.scopes ?? [])]);
}

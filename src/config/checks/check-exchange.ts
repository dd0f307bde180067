import { compilePolicy, PolicyInvalid } from '../../policy/index.ts';
import type { Config } from '../config.ts';
import type { ConfigPath } from '../fault.ts';
import { suggest } from '../suggest.ts';
import { providerName } from './check-accepted-issuers.ts';
import { scopesOf } from './check-clients.ts';
import { checkNames } from './check-names.ts';
import type { Findings } from './findings.ts';

type Rule = NonNullable<Config['provider']>['exchange'][number];

/** Tokens are exchanged of issuers, by clients and for APIs that there are. */
export function checkExchange(config: Config, findings: Findings): void {
  const issuers = [...config.issuers.map(({ name }) => name), providerName];
  const apis = config.apis.filter(({ accept }) => accept.includes(providerName)).map(({ name }) => name);
  config.provider?.exchange.forEach((rule, index) => {
    const path = ['provider', 'exchange', index];
    checkNames(rule.from, issuers, 'issuer', [...path, 'from'], findings);
    checkNames(rule.to, apis, 'API that accepts provider', [...path, 'to'], findings);
    checkNames(
      rule.scopes ?? [],
      scopesOf(config),
      'scope of an API that accepts provider',
      [...path, 'scopes'],
      findings,
    );
    checkClients(rule, config, [...path, 'clients'], findings);
    checkOwnTokens(rule, [...path, 'from'], findings);
    checkCondition(rule, [...path, 'when'], findings);
  });
}

/** A client that is not in the file may have been made by the admin API. */
function checkClients({ clients, grants }: Rule, config: Config, path: ConfigPath, findings: Findings): void {
  clients.forEach((id, index) => {
    const client = config.clients.find((one) => one.id === id);
    const meant =
      client === undefined
        ? suggest(
            id,
            config.clients.map((one) => one.id),
          )
        : undefined;
    if (meant !== undefined) findings.warn([...path, index], `"${id}" is not in this file`, `Did you mean ${meant}?`);
    if (client === undefined || grants.some((grant) => client.grants.includes(grant))) return;
    const remedy = `Add ${grants.join(' or ')} to the \`grants\` of ${id}.`;
    findings.fault([...path, index], `"${id}" may not use ${grants.join(' or ')}`, remedy);
  });
}

/** None of our tokens is meant for ourselves. */
function checkOwnTokens({ from, audience }: Rule, path: ConfigPath, findings: Findings): void {
  const index = from.indexOf(providerName);
  if (index < 0 || audience !== undefined) return;
  const remedy = 'Name in `audience` the APIs whose tokens are exchanged.';
  findings.fault([...path, index], 'the tokens of provider are meant for APIs, and this rule is for none', remedy);
}

function checkCondition({ when }: Rule, path: ConfigPath, findings: Findings): void {
  try {
    compilePolicy([{ when }]);
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error;
    for (const { reason, remedy } of error.faults) findings.fault(path, reason, remedy);
  }
}

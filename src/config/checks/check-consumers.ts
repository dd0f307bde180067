import type { ApiConfig, Config } from '../config.ts';
import type { ConfigPath } from '../fault.ts';
import { providerName } from './check-accepted-issuers.ts';
import { nameRemedy } from './check-names.ts';
import type { Findings } from './findings.ts';

type Consumer = Config['consumers'][number];

/** Consumers are told apart by their clients, and those that are named exist and can call. */
export function checkConsumers(config: Config, findings: Findings): void {
  checkClients(config, findings);
  for (const api of config.apis) {
    const path = ['apis', api.name];
    if (api.consumers === 'known' && config.consumers.length === 0) {
      findings.fault([...path, 'consumers'], 'lets nobody call, since there are no consumers', 'Add `consumers`.');
    }
    if (typeof api.consumers === 'object') checkCallers(api.consumers, api, config, [...path, 'consumers'], findings);
    api.rules.forEach(({ consumers }, index) => {
      checkCallers(consumers ?? [], api, config, [...path, 'rules', index, 'consumers'], findings);
    });
  }
}

/** Two issuers can give out the same id, so that a client is known by both together, and belongs to one consumer. */
function checkClients({ consumers, issuers, provider }: Config, findings: Findings): void {
  const known = [...issuers.map(({ name }) => name), ...(provider === undefined ? [] : [providerName])];
  const owners = new Map<string, string>();
  for (const { name, clients } of consumers) {
    clients.forEach(({ issuer, client }, index) => {
      const path = ['consumers', name, 'clients', index];
      if (!known.includes(issuer)) {
        findings.fault([...path, 'issuer'], `there is no issuer "${issuer}"`, nameRemedy(issuer, known));
      }
      const key = JSON.stringify([issuer, client]);
      const owner = owners.get(key);
      owners.set(key, owner ?? name);
      if (owner === undefined || owner === name) return;
      findings.fault([...path, 'client'], `"${client}" of ${issuer} is a client of ${owner}, too`, 'Keep one of them.');
    });
  }
}

function checkCallers(
  names: readonly string[],
  api: ApiConfig,
  { consumers }: Config,
  path: ConfigPath,
  findings: Findings,
): void {
  names.forEach((name, index) => {
    const consumer = consumers.find((one) => one.name === name);
    const known = consumers.map((one) => one.name);
    if (consumer === undefined) {
      findings.fault([...path, index], `there is no consumer "${name}"`, nameRemedy(name, known));
    } else if (!canCall(consumer, api)) {
      const reason = `"${name}" cannot call: ${api.name} accepts none of its issuers`;
      findings.fault([...path, index], reason, `Add one of its issuers to \`apis.${api.name}.accept\`.`);
    }
  });
}

function canCall({ clients }: Consumer, { accept }: ApiConfig): boolean {
  return clients.some(({ issuer }) => accept.includes(issuer));
}

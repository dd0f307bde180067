import { isLoopbackHost } from '../../net/index.ts';
import type { Config } from '../config.ts';
import type { Address } from '../fields/address-field.ts';
import type { Findings } from './findings.ts';

/** The roles listen apart from each other, and the admin API is not for everyone. */
export function checkListeners(config: Config, findings: Findings): void {
  const taken = new Map<string, string>();
  for (const role of ['gateway', 'provider', 'admin', 'signals'] as const) {
    const address = config[role]?.listen;
    if (address === undefined || address.port === 0) continue;
    const written = write(address);
    const other = taken.get(written);
    if (other === undefined) taken.set(written, role);
    else findings.fault([role, 'listen'], `${other} listens on ${written} too`, 'Give each its own port.');
  }
  if (!isLoopback(config.admin.listen)) {
    findings.warn(
      ['admin', 'listen'],
      'the admin API is open to other machines',
      'Listen on 127.0.0.1, or see that only operators reach it.',
    );
  }
  warnOfNoOperator(config, findings);
  warnOfBoundlessTrust(config, findings);
}

/** Better told now than to whoever wants to revoke a token at night. */
function warnOfNoOperator({ provider, apis, store }: Config, findings: Findings): void {
  // Where an API accepts its tokens, it is missing in earnest.
  const isFederated = apis.length > 0 && apis.every(({ accept }) => !accept.includes('provider'));
  // An edge has no operator: that is done at the hub.
  if (provider !== undefined || !isFederated || store.kind === 'none') return;
  const remedy = 'Add `provider: { issuer: http://127.0.0.1:8081 }`; it may serve operators alone.';
  findings.warn(['provider'], 'is missing: `gatehouse revoke`, `explain` and `issuers` need its tokens', remedy);
}

function warnOfBoundlessTrust(config: Config, findings: Findings): void {
  for (const role of ['gateway', 'provider', 'signals'] as const) {
    config[role]?.trustedProxies?.forEach((network, index) => {
      if (!network.endsWith('/0')) return;
      const reason = 'trusts everyone to say whom they speak for';
      findings.warn([role, 'trustedProxies', index], reason, 'Name the addresses of your proxies.');
    });
  }
}

function write({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function isLoopback({ host }: Address): boolean {
  return isLoopbackHost(host.includes(':') ? `[${host}]` : host);
}

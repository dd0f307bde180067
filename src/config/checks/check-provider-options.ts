import { checkClient, checkSignIn, type OptionFault } from '../../provider/index.ts';
import type { Config, IssuerConfig } from '../config.ts';
import type { ConfigPath } from '../fault.ts';
import type { Findings } from './findings.ts';

/** Asks src/provider what it makes of clients, and of issuers at which people are to sign in. */
export function checkProviderOptions(config: Config, findings: Findings): void {
  config.clients.forEach(({ secret, ...client }, index) => {
    report(checkClient({ ...client, secret: secret?.reveal() }), ['clients', index], findings);
  });
  for (const issuer of config.issuers) checkIssuer(issuer, config, findings);
}

function checkIssuer({ name, issuer, discovery, signIn }: IssuerConfig, config: Config, findings: Findings): void {
  if (signIn === undefined) return;
  const path = ['issuers', name, 'signIn'];
  if (config.provider === undefined) {
    const remedy = config.store.kind === 'none' ? 'Configure it at the hub.' : 'Add a `provider` section.';
    findings.fault(path, 'needs a provider, and there is none', remedy);
  }
  if (issuer === undefined) {
    findings.fault(path, 'needs the issuer identifier', 'Add `issuer`.');
    return;
  }
  const client = { id: signIn.client.id, secret: signIn.client.secret?.reveal() };
  report(checkSignIn({ ...signIn, name, issuer, discovery, client }), path, findings);
}

function report(faults: readonly OptionFault[], above: ConfigPath, findings: Findings): void {
  for (const { path, reason, remedy } of faults) {
    findings.fault([...above, ...path], reason.replace(/\.$/, ''), remedy);
  }
}

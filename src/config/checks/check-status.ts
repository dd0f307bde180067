import type { Config, IssuerConfig } from '../config.ts';
import type { Findings } from './findings.ts';

/** What is said of an issuer's status lists can work, and is of use. */
export function checkStatus({ issuers }: Config, findings: Findings): void {
  for (const issuer of issuers) {
    checkTimes(issuer, findings);
    checkSigner(issuer, issuers, findings);
    if (issuer.status === 'check') continue;
    for (const option of ['statusLists', 'statusIssuer'] as const) {
      if (issuer[option] === undefined) continue;
      const reason = 'is of no use: `status` is ignored';
      findings.fault(['issuers', issuer.name, option], reason, 'Take it out, or write `status: check`.');
    }
  }
}

function checkTimes({ name, statusTimes }: IssuerConfig, findings: Findings): void {
  if (statusTimes.minRefresh <= statusTimes.maxRefresh) return;
  const reason = '`minRefresh` is longer than `maxRefresh`';
  findings.fault(['issuers', name, 'statusTimes'], reason, 'Leave them out for 5 seconds and 5 minutes.');
}

/** Its keys have to be had, and have to be one set. */
function checkSigner({ name, statusIssuer }: IssuerConfig, issuers: Config['issuers'], findings: Findings): void {
  if (statusIssuer === undefined) return;
  const path = ['issuers', name, 'statusIssuer'];
  const signer = issuers.find((other) => other.name === statusIssuer);
  if (signer === undefined) {
    findings.fault(path, `there is no issuer "${statusIssuer}"`, 'Add it to `issuers`, or correct the name.');
  } else if (signer.issuer === undefined) {
    findings.fault(path, `"${statusIssuer}" has no keys`, 'Name one that has an `issuer`, and so a key set.');
  } else if ((signer.tenants?.length ?? 1) > 1) {
    findings.fault(path, `"${statusIssuer}" stands for several tenants`, 'Name an issuer with one tenant.');
  }
}

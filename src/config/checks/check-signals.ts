import { signalProfiles } from '../../signals/index.ts';
import type { Config, IssuerConfig, SignalReceiverConfig } from '../config.ts';
import type { ConfigPath } from '../fault.ts';
import { signalSubjects } from '../signal-subjects.ts';
import { issuersOf } from './check-issuers.ts';
import { nameRemedy } from './check-names.ts';
import type { Findings } from './findings.ts';

/** Whoever sends signals is known by keys, and what they say hits tokens; whoever is told is told of tokens of ours. */
export function checkSignals({ signals, issuers, provider }: Config, findings: Findings): void {
  for (const receiver of signals?.receivers ?? []) {
    const path = ['signals', 'receivers', receiver.name];
    const issuer = issuers.find(({ name }) => name === receiver.issuer);
    checkWays(receiver, path, findings);
    if (issuer !== undefined) checkIssuer(receiver, issuer, path, findings);
    else {
      const names = issuers.map(({ name }) => name);
      const remedy = nameRemedy(receiver.issuer, names);
      findings.fault([...path, 'issuer'], `"${receiver.issuer}" is no federated issuer`, remedy);
    }
  }
  if (provider === undefined && (signals?.transmit.length ?? 0) > 0) {
    findings.fault(['signals', 'transmit'], 'tells of tokens of our provider, and there is none', 'Add `provider`.');
  }
}

function checkWays(receiver: SignalReceiverConfig, path: ConfigPath, findings: Findings): void {
  const { audience, push, poll, logout, globalRevocation } = receiver;
  const takesSets = push !== undefined || poll !== undefined;
  if (!takesSets && logout === undefined && globalRevocation === undefined) {
    findings.fault(path, 'says of no way in which signals arrive', 'Add push, poll, logout or globalRevocation.');
  }
  if (takesSets && audience === undefined) {
    const remedy = 'Add the `aud` that the transmitter was told to put into its SETs.';
    findings.fault([...path, 'audience'], 'is missing, so that SETs for anybody else would be taken', remedy);
  }
}

function checkIssuer(receiver: SignalReceiverConfig, config: IssuerConfig, path: ConfigPath, findings: Findings): void {
  const issuers = issuersOf(config);
  if ('reason' in issuers) return; // Told by the checks of issuers.
  const [issuer, ...others] = issuers;
  if (issuer === undefined || others.length > 0) {
    const remedy = 'Configure an issuer for each tenant, and a receiver for each of those.';
    findings.fault([...path, 'issuer'], 'has several tenants: whose tokens die is not clear', remedy);
    return;
  }
  const hasKeys = issuer.refusal === undefined || signalProfiles[config.preset].transmitter !== undefined;
  if (!hasKeys && receiver.transmitter.jwksUri === undefined) {
    const remedy = 'Add the URL of the keys by which the issuer signs its signals.';
    findings.fault([...path, 'transmitter', 'jwksUri'], `is needed: ${config.name} has no keys of its own`, remedy);
  }
  checkSubjects(receiver, config, path, findings);
}

function checkSubjects(
  receiver: SignalReceiverConfig,
  config: IssuerConfig,
  path: ConfigPath,
  findings: Findings,
): void {
  const { formats, claims, subjectClaim } = signalSubjects(receiver, config);
  if (formats.length > 0) return;
  const named = [...new Set(Object.values(claims).filter((claim) => claim !== undefined))].join(' or ');
  const known = subjectClaim === undefined ? 'by a claim that lies deeper' : `by \`${subjectClaim}\``;
  findings.fault(
    [...path, 'subjects'],
    `people are named by what is \`${named}\` in tokens, and the tokens of ${config.name} are known ${known}`,
    `Write \`claims: { subject: [${named}, sub] }\` at issuers.${config.name}; or name here the claim that events give.`,
  );
}

import type { Config, IssuerConfig } from '../config.ts';
import type { ConfigPath } from '../fault.ts';
import type { Secret } from '../secret.ts';
import type { Findings } from './findings.ts';

type Place = readonly [path: ConfigPath, secret: Secret | undefined];

/** Files are copied, shown and kept in histories: what is secret is better kept elsewhere. */
export function checkSecrets({ clients, issuers, outbound, signals }: Config, findings: Findings): void {
  const places: readonly Place[] = [
    ...clients.map(({ secret }, index): Place => [['clients', index, 'secret'], secret]),
    ...issuers.flatMap(secretsOf),
    ...signalSecrets(signals),
  ];
  for (const [path, secret] of places) {
    if (secret === undefined || findings.isReference(path)) continue;
    findings.warn(path, 'is written in the file', `Write \${NAME} or { file: PATH } instead.`);
  }
  if (outbound.proxy.from !== 'url' || findings.isReference(['outbound', 'proxy'])) return;
  if (new URL(outbound.proxy.url.reveal()).password === '') return;
  findings.warn(['outbound', 'proxy'], 'has its password written in the file', `Write \${NAME} in its place.`);
}

function secretsOf({ name, introspection, decryption = [], signIn }: IssuerConfig): readonly Place[] {
  const path = ['issuers', name];
  const { client, bearer } = introspection ?? {};
  return [
    [[...path, 'introspection', 'client', 'secret'], client?.secret],
    [[...path, 'introspection', 'client', 'key'], client?.key],
    [[...path, 'introspection', 'bearer'], bearer],
    [[...path, 'signIn', 'client', 'secret'], signIn?.client.secret],
    ...decryption.map(({ key }, index): Place => [[...path, 'decryption', index, 'key'], key]),
  ];
}

function signalSecrets(signals: Config['signals']): readonly Place[] {
  const { receivers = [], transmit = [] } = signals ?? {};
  return [
    ...receivers.flatMap(({ name, push, poll }): Place[] => [
      [['signals', 'receivers', name, 'push', 'authorization'], push?.authorization],
      [['signals', 'receivers', name, 'poll', 'token'], poll?.token],
    ]),
    ...transmit.map(({ name, token }): Place => [['signals', 'transmit', name, 'token'], token]),
  ];
}

import type { Config, IssuerConfig } from '../config.ts';
import type { ConfigPath } from '../fault.ts';
import type { Secret } from '../secret.ts';
import type { Findings } from './findings.ts';

type Place = readonly [path: ConfigPath, secret: Secret | undefined];

/** Files are copied, shown and kept in histories: what is secret is better kept elsewhere. */
export function checkSecrets(config: Config, findings: Findings): void {
  const { admin, clients, issuers, revocation, signals } = config;
  const places: readonly Place[] = [
    [['admin', 'secret'], admin.secret],
    ...clients.map(({ secret }, index): Place => [['clients', index, 'secret'], secret]),
    ...issuers.flatMap(secretsOf),
    ...signalSecrets(signals),
    [['revocation', 'follow', 'client', 'secret'], revocation.follow?.client.secret],
  ];
  for (const [path, secret] of places) {
    if (secret === undefined || findings.isReference(path)) continue;
    findings.warn(path, 'is written in the file', `Write \${NAME} or { file: PATH } instead.`);
  }
  for (const [path, url] of urlsOf(config)) {
    if (url === undefined || findings.isReference(path) || URL.parse(url.reveal())?.password === '') continue;
    findings.warn(path, 'has its password written in the file', `Write \${NAME} in its place.`);
  }
}

/** URLs that may hold a password. */
function urlsOf({ outbound: { proxy }, store }: Config): readonly Place[] {
  return [
    [['outbound', 'proxy'], proxy.from === 'url' ? proxy.url : undefined],
    [['store'], store.kind === 'postgres' ? store.url : undefined],
  ];
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

import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config/index.ts';
import { proxyChoice } from './proxy-choice.ts';

/** What a running program does not take over from a changed configuration. */
const readAtStart: Readonly<Record<string, (config: Config) => unknown>> = {
  'gateway.listen': ({ gateway }) => gateway.listen,
  'gateway.name': ({ gateway }) => gateway.name,
  'gateway.workers': ({ gateway }) => gateway.workers,
  'gateway.limits.token': ({ gateway }) => gateway.limits.token,
  'gateway.limits.headers': ({ gateway }) => gateway.limits.headers,
  'gateway.timeouts.headers': ({ gateway }) => gateway.timeouts.headers,
  'gateway.timeouts.keepAlive': ({ gateway }) => gateway.timeouts.keepAlive,
  'gateway.timeouts.review': ({ gateway }) => gateway.timeouts.review,
  'gateway.cache': ({ gateway }) => gateway.cache,
  'gateway.statusLists': ({ gateway }) => gateway.statusLists,
  'provider.listen': ({ provider }) => provider?.listen,
  // A secret is equal to any other, but for its text.
  admin: ({ admin }) => [admin, admin.secret?.reveal()],
  'signals.listen': ({ signals }) => signals?.listen,
  store: ({ store }) => (store.kind === 'postgres' ? store.url.reveal() : store),
  revocation: ({ revocation }) => [revocation, revocation.follow?.client.secret.reveal()],
  outbound: ({ outbound }) => [outbound, proxyChoice(outbound)],
  log: ({ log }) => log,
};

export const settingsReadAtStart: readonly string[] = Object.keys(readAtStart);

/** The settings that were changed, but wait for a restart. */
export function waitingSettings(running: Config, next: Config): readonly string[] {
  return Object.entries(readAtStart).flatMap(([setting, read]) =>
    isDeepStrictEqual(read(running), read(next)) ? [] : setting,
  );
}

/** Why a configuration cannot be taken over at all: tokens and keys hang on the provider's name. */
export function reasonToRestart({ provider: running }: Config, { provider: next }: Config): string | undefined {
  if (running?.issuer === next?.issuer) return undefined;
  const change =
    running === undefined || next === undefined
      ? 'provider: cannot come or go while the program runs'
      : 'provider.issuer: cannot change while the program runs';
  return `${change}. Remedy: Restart the program.`;
}

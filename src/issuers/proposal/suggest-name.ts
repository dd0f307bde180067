import { isIP } from 'node:net';
import { isLoopbackHost } from '../../net/index.ts';
import type { PresetName } from '../preset.ts';

/** Names that stand for the provider, where its host says nothing of whose it is. */
const fixed: Readonly<Partial<Record<PresetName, string>>> = {
  google: 'google',
  cognito: 'cognito',
  'entra-v1': 'entra',
  'entra-v2': 'entra',
};

/** Domains below which each customer has a name of its own. */
const shared = /\.(okta|oktapreview|okta-emea|auth0|onelogin|pingidentity)\.com$/;

/** Registries that hand out names one level further down. */
const secondLevel: ReadonlySet<string> = new Set(['co', 'com', 'org', 'net', 'ac', 'gov', 'edu']);

/**
 * A name for an issuer in the configuration: whose it is, as far as that can be seen.
 *
 * @param taken names that are in use
 */
export function suggestName(preset: PresetName, issuer: string, taken: readonly string[]): string {
  const used = new Set([...taken, 'provider']);
  const name = plain(fixed[preset] ?? realmOf(preset, issuer) ?? ownerOf(issuer)) ?? preset;
  if (!used.has(name)) return name;
  let number = 2;
  while (used.has(`${name}-${number}`)) number++;
  return `${name}-${number}`;
}

function realmOf(preset: PresetName, issuer: string): string | undefined {
  return preset === 'keycloak' ? /\/realms\/([^/]+)$/.exec(issuer)?.[1] : undefined;
}

function ownerOf(issuer: string): string {
  const host = URL.parse(issuer)?.hostname ?? '';
  if (isLoopbackHost(host) || isIP(host) !== 0) return '';
  const labels = host.split('.');
  if (shared.test(host)) return labels[0] ?? '';
  const owner = labels.at(-2) ?? '';
  return (secondLevel.has(owner) ? labels.at(-3) : undefined) ?? owner;
}

/** As the configuration allows names; undefined where nothing is left. */
function plain(text: string): string | undefined {
  const kept = text
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40);
  return kept === '' ? undefined : kept;
}

import { Option } from 'commander';
import type { Config } from '../../config/index.ts';
import type { IssuerDiagnosis, IssuerFailure } from '../../issuers/index.ts';
import { createHttpClient, type HttpClient } from '../../net/index.ts';
import { readConfig } from '../config-option.ts';

/** A configuration is not needed before there is one; it says by which proxy and authorities issuers are called. */
export function outboundOption(): Option {
  return new Option('-c, --config <file>', 'a configuration whose `outbound` settings are used').env(
    'GATEHOUSE_CONFIG',
  );
}

export interface Outbound {
  readonly http: HttpClient;
  readonly config: Config | undefined;
}

/**
 * By what issuers are called: as the configuration says, or with the proxy of the environment.
 *
 * @throws CommandFailure where the configuration is refused
 */
export async function openOutbound(file: string | undefined): Promise<Outbound> {
  if (file === undefined) return { http: createHttpClient({ proxy: 'environment' }), config: undefined };
  const config = await readConfig(file);
  // Most of the program comes with it, and takes its time.
  const { outboundClient } = await import('../../app/index.ts');
  return { http: outboundClient(config), config };
}

/** What may be due to a proxy or an authority that only a configuration knows. */
const barred: readonly IssuerFailure['code'][] = [
  'unknown_host',
  'unreachable',
  'timeout',
  'proxy_failed',
  'tls_self_signed',
  'tls_untrusted',
];

/** Whoever has set `outbound` would otherwise see it change nothing. */
export function outboundHint({ steps }: IssuerDiagnosis, config: Config | undefined): string {
  const isBarred = steps.some(({ failure }) => failure !== undefined && barred.includes(failure.code));
  if (config !== undefined || !isBarred) return '';
  return 'No configuration was read: with --config FILE, its `outbound` (proxy, authorities) counts.\n';
}

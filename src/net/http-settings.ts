import type { HttpClientOptions } from './http-client.ts';
import { type ProxySettings, proxySettings } from './proxy-settings.ts';
import { trustedAuthorities } from './trusted-authorities.ts';

/** The options with their defaults; times in milliseconds. */
export interface HttpSettings {
  readonly timeout: number;
  readonly connectTimeout: number;
  readonly headersTimeout: number;
  readonly bodyTimeout: number;
  readonly maxBytes: number;
  readonly authorities: string[] | undefined;
  readonly proxy: ProxySettings | undefined;
  readonly userAgent: string;
}

/** @throws HttpOptionsInvalid */
export function httpSettings(
  options: HttpClientOptions,
  env: Readonly<Record<string, string | undefined>>,
): HttpSettings {
  const { timeout = 10_000 } = options;
  return Object.freeze({
    timeout,
    connectTimeout: options.connectTimeout ?? 5_000,
    headersTimeout: options.headersTimeout ?? timeout,
    bodyTimeout: options.bodyTimeout ?? timeout,
    maxBytes: options.maxBytes ?? 1024 * 1024,
    authorities: trustedAuthorities(options.caFile),
    proxy: proxySettings(options.proxy ?? 'none', options.noProxy ?? [], env),
    userAgent: options.userAgent ?? 'gatehouse',
  });
}

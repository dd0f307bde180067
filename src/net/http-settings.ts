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
  return Object.freeze({
    timeout: options.timeout ?? 10_000,
    connectTimeout: options.connectTimeout ?? 5_000,
    headersTimeout: options.headersTimeout ?? 5_000,
    bodyTimeout: options.bodyTimeout ?? 5_000,
    maxBytes: options.maxBytes ?? 1024 * 1024,
    authorities: trustedAuthorities(options.caFile),
    proxy: proxySettings(options.proxy ?? 'none', options.noProxy ?? [], env),
    userAgent: options.userAgent ?? 'gatehouse',
  });
}

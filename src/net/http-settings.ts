import type { HttpClientOptions } from './http-client.ts';
import { HttpOptionsInvalid } from './http-options-invalid.ts';
import type { ProxySettings } from './proxy-settings.ts';
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
export function httpSettings(options: HttpClientOptions): HttpSettings {
  return Object.freeze({
    timeout: options.timeout ?? 10_000,
    connectTimeout: options.connectTimeout ?? 5_000,
    headersTimeout: options.headersTimeout ?? 5_000,
    bodyTimeout: options.bodyTimeout ?? 5_000,
    maxBytes: options.maxBytes ?? 1024 * 1024,
    authorities: trustedAuthorities(options.caFile),
    proxy: usable(options.proxy),
    userAgent: options.userAgent ?? 'gatehouse',
  });
}

/** The URL itself may hold a password, so it is not repeated. */
function usable(proxy: ProxySettings | undefined): ProxySettings | undefined {
  const protocol = proxy === undefined ? 'http:' : URL.parse(proxy.url)?.protocol;
  if (protocol === 'http:' || protocol === 'https:') return proxy;
  const remedy = 'Write the proxy as `http://host:port`, with `user:password@` before the host if it asks for them.';
  throw new HttpOptionsInvalid('proxy', 'The URL of the proxy is not an http or https URL', remedy);
}

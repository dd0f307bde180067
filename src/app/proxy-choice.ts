import type { Config } from '../config/index.ts';

/** The proxy as src/net wants it: `environment`, `none` or a URL. */
export function proxyChoice({ proxy }: Config['outbound']): string {
  return proxy.from === 'url' ? proxy.url.reveal() : proxy.from;
}

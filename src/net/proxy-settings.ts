/** Through which HTTP proxy others are called. */
export interface ProxySettings {
  /** http or https URL; may hold user name and password. */
  readonly url: string;
  /** Hosts that are called directly: `example.com` (and all below it), `.example.com`, `host:port`, `10.1.2.3`, `*`. */
  readonly except?: readonly string[];
}

/**
 * What the usual variables say (`HTTPS_PROXY`, `NO_PROXY`, in either case). `HTTP_PROXY` counts for nothing, as
 * plain http goes nowhere but to loopback.
 */
export function proxyFromEnvironment(env: Readonly<Record<string, string | undefined>>): ProxySettings | undefined {
  const url = env['https_proxy'] ?? env['HTTPS_PROXY'];
  if (url === undefined || url === '') return undefined;
  const except = (env['no_proxy'] ?? env['NO_PROXY'] ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return { url, except };
}

/** Loopback is always called directly. */
export function goesThroughProxy(url: URL, settings: ProxySettings): boolean {
  if (isLoopbackHost(url.hostname)) return false;
  return !(settings.except ?? []).some((entry) => covers(entry.toLowerCase(), url));
}

/** A host that by its very name is this machine (RFC 6761 section 6.3 for `localhost`). */
export function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}

function covers(entry: string, url: URL): boolean {
  if (entry === '*') return true;
  const [, host = '', port] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (port !== undefined && port !== (url.port || '443')) return false;
  return url.hostname === host || url.hostname.endsWith(`.${host}`);
}

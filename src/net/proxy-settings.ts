import { isIP } from 'node:net';
import { addressBlocks, isAddressBlock } from '../base/address-blocks.ts';
import { HttpOptionsInvalid } from './http-options-invalid.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Through which HTTP proxy others are called. */
export interface ProxySettings {
  /** http or https URL; may hold user name and password. */
  readonly url: string;
  /** Hosts that are called directly; see `HttpClientOptions.noProxy`. */
  readonly except: readonly string[];
}

/**
 * @param choice `none`, `environment` or the URL of a proxy
 * @returns undefined where there is no proxy
 * @throws HttpOptionsInvalid
 */
export function proxySettings(choice: string, noProxy: readonly string[], env: Environment): ProxySettings | undefined {
  if (choice === 'none') return undefined;
  if (choice !== 'environment') return usable({ url: choice, except: noProxy }, 'The proxy');
  const found = fromEnvironment(env);
  return found && usable({ url: found.url, except: [...found.except, ...noProxy] }, 'What HTTPS_PROXY says');
}

/**
 * What the usual variables say (`HTTPS_PROXY`, `NO_PROXY`, in either case). `HTTP_PROXY` counts for nothing, as
 * plain http goes nowhere but to loopback.
 */
function fromEnvironment(env: Environment): ProxySettings | undefined {
  const url = env['https_proxy'] ?? env['HTTPS_PROXY'];
  if (url === undefined || url === '') return undefined;
  const except = (env['no_proxy'] ?? env['NO_PROXY'] ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return { url, except };
}

/** The URL itself may hold a password, so it is not repeated. */
function usable(proxy: ProxySettings, subject: string): ProxySettings {
  const protocol = URL.parse(proxy.url)?.protocol;
  if (protocol === 'http:' || protocol === 'https:') return proxy;
  const remedy =
    'Write the proxy as `http://host:port`, with `user:password@` before the host if it asks for them; `none` for none.';
  throw new HttpOptionsInvalid('proxy', `${subject} is not an http or https URL`, remedy);
}

/** Loopback is always called directly. */
export function goesThroughProxy(url: URL, { except }: ProxySettings): boolean {
  if (isLoopbackHost(url.hostname)) return false;
  return !except.some((entry) => covers(entry.toLowerCase(), url));
}

/** A host that by its very name is this machine (RFC 6761 section 6.3 for `localhost`). */
export function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}

function covers(entry: string, url: URL): boolean {
  if (entry === '*') return true;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isAddressBlock(entry)) return isIP(host) !== 0 && addressBlocks([entry])(host);
  const [, name = '', port] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (port !== undefined && port !== (url.port || '443')) return false;
  return url.hostname === name || url.hostname.endsWith(`.${name}`);
}

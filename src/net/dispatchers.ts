import type { Dispatcher, Pool } from 'undici';
import { type ConnectorSettings, guardedConnector } from './guarded-connector.ts';
import type { Resolver } from './guarded-lookup.ts';
import type { HttpSettings } from './http-settings.ts';
import { goesThroughProxy, type ProxySettings } from './proxy-settings.ts';
import { Agent, ProxyAgent } from './undici.ts';

/** Which way a request goes. */
export interface Route {
  readonly dispatcher: Dispatcher;
  readonly proxied: boolean;
}

export interface Dispatchers {
  route(url: URL, loopbackAllowed: boolean): Route;
  close(): Promise<void>;
}

/** Connections are pooled apart: one that a peer may not ask for must not be lying around for it. */
export function createDispatchers(settings: HttpSettings, resolve: Resolver): Dispatchers {
  const connector = { timeout: settings.connectTimeout, ca: settings.authorities };
  const anywhere = direct(true);
  const notToLoopback = direct(false);
  const { proxy } = settings;
  const proxied = proxy === undefined ? undefined : throughProxy(proxy, settings, connector);

  function direct(loopbackAllowed: boolean): Dispatcher {
    return new Agent({ ...limitsOf(settings), connect: guardedConnector(connector, resolve, loopbackAllowed) });
  }

  return {
    route(url, loopbackAllowed) {
      if (proxy !== undefined && proxied !== undefined && goesThroughProxy(url, proxy)) {
        return { dispatcher: proxied, proxied: true };
      }
      return { dispatcher: loopbackAllowed ? anywhere : notToLoopback, proxied: false };
    },
    async close() {
      await Promise.all([anywhere.close(), notToLoopback.close(), proxied?.close()]);
    },
  };
}

/** The proxy resolves the names, so of a request through it only addresses in the URL itself can be judged. */
function throughProxy(proxy: ProxySettings, settings: HttpSettings, connector: ConnectorSettings): Dispatcher {
  const tls = { timeout: connector.timeout, ...(connector.ca === undefined ? {} : { ca: connector.ca }) };
  return new ProxyAgent({ ...limitsOf(settings), uri: proxy.url, proxyTls: tls, requestTls: tls });
}

/**
 * To one server. What waits for a connection here has its time running: callers that ask for much queue before. Several
 * issuers can be one server, such as the realms of a Keycloak: one that is slow must not use up the room of the others.
 */
const connections = 256;

function limitsOf({ headersTimeout, bodyTimeout }: HttpSettings): Pool.Options {
  return { headersTimeout, bodyTimeout, maxHeaderSize: 16 * 1024, connections };
}

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ForeseenFailure } from '../base/foreseen-failure.ts';

/** Where to listen, from the configuration's `HOST:PORT`. Port 0 lets the system choose. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Start-up cannot go on. */
export class StartupFailure extends ForeseenFailure {
  override readonly name = 'StartupFailure';
}

/**
 * @param setting the path of the address in the configuration, for the remedy
 * @throws StartupFailure where the address cannot be had
 */
export function listen(server: Server, address: ListenAddress, setting: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(listenFailure(error, address, setting)));
    server.listen(address.port, address.host, () => resolve(server.address() as AddressInfo));
  });
}

const causes: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  EADDRINUSE: ['another program listens there', 'stop it, or choose another address'],
  EACCES: ['this user may not listen there', 'choose a port above 1023, or grant the permission'],
  EADDRNOTAVAIL: ['this machine has no such address', 'choose one that it has'],
};

export function listenFailure(error: unknown, { host, port }: ListenAddress, setting: string): StartupFailure {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const [reason, remedy] = causes[code] ?? [message, 'choose another address'];
  return new StartupFailure(`cannot listen on ${host}:${port} (${setting}): ${reason}. Remedy: ${remedy}`);
}

/**
 * For requests that are small, as those to the provider and the admin API are: whoever sends one byte now and then must
 * not hold a connection for the minutes that node:http would grant.
 */
export function createSmallServer(handler: RequestListener): Server {
  return createServer({ headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 }, handler);
}

/** Takes no more connections, and lets requests under way finish for at most so many milliseconds. */
export function closeServer(server: Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

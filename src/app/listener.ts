import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where to listen, from the configuration's `HOST:PORT`. Port 0 lets the system choose. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Start-up cannot go on: one line that says why, where, and what to do. */
export class StartupFailure extends Error {
  override readonly name = 'StartupFailure';
}

const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there; stop it, or choose another address',
  EACCES: 'this user may not listen there; choose a port above 1023, or grant the permission',
  EADDRNOTAVAIL: 'this machine has no such address; choose one that it has',
};

/**
 * @param setting the path of the address in the configuration, for the remedy
 * @throws StartupFailure where the address cannot be had
 */
export function listen(server: Server, address: ListenAddress, setting: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const remedy = remedies[error.code ?? ''] ?? error.message;
      reject(new StartupFailure(`cannot listen on ${address.host}:${address.port} (${setting}): ${remedy}`));
    });
    server.listen(address.port, address.host, () => resolve(server.address() as AddressInfo));
  });
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

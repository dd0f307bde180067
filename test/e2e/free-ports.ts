import { type AddressInfo, createServer } from 'node:net';

/** Where the listeners of the program are. */
export interface Ports {
  readonly gateway: number;
  readonly provider: number;
  readonly admin: number;
  readonly signals: number;
}

/** Ports that nobody listens on: opened together, so that none is found twice, and closed again. */
export async function freePorts(): Promise<Ports> {
  const servers = Array.from({ length: 4 }, () => createServer());
  const [gateway = 0, provider = 0, admin = 0, signals = 0] = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return { gateway, provider, admin, signals };
}

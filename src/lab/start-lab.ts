import { createServer } from 'node:http';
import { type ListenAddress, listen, StartupFailure } from '../app/index.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { isLoopbackHost } from '../net/index.ts';
import { issuerShapes } from './issuer-shapes.ts';
import { labHandler } from './lab-handler.ts';
import { LabIssuer } from './lab-issuer.ts';

export interface LabOptions {
  /** A loopback address: the lab gives any token to anyone. */
  readonly listen: ListenAddress;
  /** What names the address, for whoever must change it. Default: the demo's. */
  readonly setting?: string;
  readonly clock?: Clock;
}

/** Toy identity providers on one port, for the demo and for tests. */
export interface Lab {
  readonly origin: string;
  readonly issuers: readonly LabIssuer[];
  /** @throws RangeError for a name that is not in issuer-shapes.ts */
  issuer(name: string): LabIssuer;
  close(): Promise<void>;
}

/** @throws StartupFailure where the address cannot be had or is not a loopback address */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { listen: address, setting = 'issuers.lab.issuer', clock = systemClock } = options;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  if (!isLoopbackHost(host)) {
    throw new StartupFailure(
      `the lab cannot listen on ${address.host}: whoever reaches it gets any token. Remedy: listen on 127.0.0.1`,
    );
  }
  const server = createServer();
  const { port } = await listen(server, address, setting);
  const origin = `http://${host}:${port}`;
  const issuers = Object.entries(issuerShapes).map(([name, shape]) => new LabIssuer(name, shape, origin, clock));
  const handle = labHandler(issuers);
  server.on('request', (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  return {
    origin,
    issuers,
    issuer(name) {
      const found = issuers.find((issuer) => issuer.name === name);
      if (found === undefined) throw new RangeError(`The lab has no issuer ${JSON.stringify(name)}.`);
      return found;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

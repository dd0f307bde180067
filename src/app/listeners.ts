import type { RequestListener } from 'node:http';
import { adminOnDemand, probesOnDemand } from '../admin/index.ts';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../config/index.ts';
import { createGateway, type Gateway, type IdentitySigner } from '../gateway/index.ts';
import type { Provider } from '../provider/index.ts';
import { adminDependencies } from './admin-dependencies.ts';
import type { House } from './assemble.ts';
import type { EdgeHouse } from './assemble-edge.ts';
import { closeServer, createSmallServer, listen, listenFailure } from './listener.ts';
import type { Watch } from './watch.ts';

/** One of the faces of the program. */
export interface Listener {
  /** Whether it opens before this process is ready, to say that it is not. */
  readonly isEarly?: true;
  open(): Promise<unknown>;
  reload(): void;
  /** Lets what is under way finish for at most so many milliseconds. */
  close(drainMs: number): Promise<void>;
}

export function gatewayListener(house: House | EdgeHouse): Listener {
  const { access, clock, provider } = house;
  const signer = provider && identitySigner(provider);
  const options = house.generation().gateway;
  const gateway: Gateway = createGateway(options, { access, clock, signer });
  return {
    open: () =>
      gateway.listen().catch((error: unknown) => {
        throw listenFailure(error, options.listen, 'gateway.listen');
      }),
    reload: () => gateway.reload(house.generation().gateway),
    close: (drainMs) => gateway.close(drainMs),
  };
}

/** Of the type that our own APIs do not take for an access token: what an upstream was told opens no door here. */
function identitySigner({ signer }: Provider): IdentitySigner {
  return { issuer: signer.issuer, sign: (claims) => signer.sign(claims, 'JWT') };
}

export function providerListener(house: House): Listener | undefined {
  const { provider, transmitter } = house;
  const address = house.generation().config.provider?.listen;
  if (provider === undefined || address === undefined) return undefined;
  const handler: RequestListener = (request, response) => {
    if (transmitter?.handle(request, response) !== true) void provider.handler(request, response);
  };
  return httpListener(handler, address, 'provider.listen');
}

export function adminListener(house: House, watch: Watch): Listener {
  const { listen: address, hosts, metrics: access } = house.generation().config.admin;
  const admin = adminOnDemand({ hosts, metrics: access }, adminDependencies(house, watch));
  const listener = httpListener((request, response) => void admin.handler(request, response), address, 'admin.listen');
  return {
    ...listener,
    close(drainMs) {
      admin.close();
      return listener.close(drainMs);
    },
  };
}

/** For an edge: the probes. */
export function probeListener({ admin }: Config, clock: Clock, watch: Watch): Listener {
  const { listen: address, hosts, metrics: access } = admin;
  const { handler } = probesOnDemand({ hosts, metrics: access }, { clock, ...watch });
  const listener = httpListener((request, response) => void handler(request, response), address, 'admin.listen');
  return { ...listener, isEarly: true };
}

export function httpListener(
  handler: RequestListener,
  address: Parameters<typeof listen>[1],
  setting: string,
): Listener {
  const server = createSmallServer(handler);
  return {
    open: () => listen(server, address, setting),
    reload: () => undefined,
    close: (drainMs) => closeServer(server, drainMs),
  };
}

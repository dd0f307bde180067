import { createServer, type RequestListener, type Server } from 'node:http';
import { createAdmin } from '../admin/index.ts';
import { createGateway, type Gateway } from '../gateway/index.ts';
import { adminDependencies } from './admin-dependencies.ts';
import type { House } from './assemble.ts';
import { closeServer, listen } from './listener.ts';

/** One of the three faces of the program. */
export interface Listener {
  open(): Promise<unknown>;
  reload(): void;
  /** Lets what is under way finish for at most so many milliseconds. */
  close(drainMs: number): Promise<void>;
}

export function gatewayListener(house: House): Listener {
  const { access, clock, provider } = house;
  const gateway: Gateway = createGateway(house.generation().gateway, { access, clock, signer: provider?.signer });
  return {
    open: () => gateway.listen(),
    reload: () => gateway.reload(house.generation().gateway),
    close: (drainMs) => gateway.close(drainMs),
  };
}

export function providerListener(house: House): Listener | undefined {
  const { provider } = house;
  const address = house.generation().config.provider?.listen;
  if (provider === undefined || address === undefined) return undefined;
  return httpListener((request, response) => void provider.handler(request, response), address, 'provider.listen');
}

export function adminListener(house: House, metrics: () => Promise<string>): Listener {
  const admin = createAdmin({}, adminDependencies(house, metrics));
  const address = house.generation().config.admin.listen;
  return httpListener((request, response) => void admin.handler(request, response), address, 'admin.listen');
}

function httpListener(handler: RequestListener, address: Parameters<typeof listen>[1], setting: string): Listener {
  const server: Server = createServer(handler);
  return {
    open: () => listen(server, address, setting),
    reload: () => undefined,
    close: (drainMs) => closeServer(server, drainMs),
  };
}

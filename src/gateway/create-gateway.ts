import type { AddressInfo } from 'node:net';
import type { Access } from '../access/index.ts';
import type { Clock } from '../base/clock.ts';
import { drain } from './drain.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { Generation } from './generation.ts';
import type { House } from './house.ts';
import type { IdentitySigner } from './identity-signer.ts';
import { Reviews } from './reviews.ts';
import { serveClients } from './serve-clients.ts';
import { Tunnels } from './tunnels.ts';
import { UpstreamPools } from './upstream-pools.ts';

export interface GatewayDependencies {
  readonly access: Pick<Access, 'decide' | 'review' | 'onRevocation'>;
  readonly clock: Clock;
  /** Needed where an API forwards `jwt`. */
  readonly signer?: IdentitySigner | undefined;
}

export interface Gateway {
  /** @throws the system's error where the address cannot be had */
  listen(): Promise<AddressInfo>;
  /**
   * New requests follow the new options; those under way keep the old ones.
   *
   * @throws TypeError where the options cannot work; the old ones then stay
   */
  reload(options: GatewayOptions): void;
  /** Stops accepting, lets what is under way finish for at most `drainMs`, then cuts it off. */
  close(drainMs: number): Promise<void>;
}

/** @throws TypeError where the options cannot work */
export function createGateway(options: GatewayOptions, dependencies: GatewayDependencies): Gateway {
  const { access, clock, signer } = dependencies;
  const pools = new UpstreamPools();
  const tunnels = new Tunnels();
  const generation = new Generation(options, signer, pools);
  const reviews = new Reviews(options.timeouts?.reviewMs ?? 5_000, access.onRevocation);
  const house: House = { access, clock, reviews, generation, isClosing: false };
  const server = serveClients(options, house, tunnels);
  return Object.freeze({
    listen: () => server.listen(options.listen.host, options.listen.port),
    reload(next: GatewayOptions) {
      const retiring = house.generation;
      house.generation = new Generation(next, signer, pools);
      retiring.retire();
    },
    async close(drainMs: number) {
      house.isClosing = true;
      await drain(server, tunnels, drainMs);
      pools.destroy();
    },
  });
}

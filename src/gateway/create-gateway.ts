import type { AddressInfo } from 'node:net';
import type { Access } from '../access/index.ts';
import type { Clock } from '../base/clock.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { IdentitySigner } from './identity-signer.ts';

export interface GatewayDependencies {
  readonly access: Pick<Access, 'decide'>;
  readonly clock: Clock;
  /** Needed where an API forwards `jwt`. */
  readonly signer?: IdentitySigner | undefined;
}

export interface Gateway {
  /** @throws the system's error where the address cannot be had */
  listen(): Promise<AddressInfo>;
  /** New requests follow the new options; those under way keep the old ones. */
  reload(options: GatewayOptions): void;
  /** Stops accepting, lets what is under way finish for at most `drainMs`, then cuts it off. */
  close(drainMs: number): Promise<void>;
}

export declare function createGateway(options: GatewayOptions, dependencies: GatewayDependencies): Gateway;

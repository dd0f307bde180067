import type { Clock } from '../base/clock.ts';
import type { Config } from '../config/index.ts';
import type { House } from './assemble.ts';
import type { EdgeHouse } from './assemble-edge.ts';
import { adminListener, gatewayListener, type Listener, probeListener, providerListener } from './listeners.ts';
import { roles as allRoles, type Role } from './roles.ts';
import { signalsListener } from './signals-listener.ts';
import type { Watch } from './watch.ts';

interface Circumstances {
  readonly config: Config;
  readonly clock: Clock;
  readonly roles: readonly Role[];
  readonly watch: Watch;
}

/** @param house undefined: only probes can be answered */
export function listenersFor(
  house: House | EdgeHouse | undefined,
  { config, clock, roles, watch }: Circumstances,
): readonly Listener[] {
  const central = house?.store === undefined ? undefined : house;
  const make: Record<Role, () => Listener | undefined> = {
    gateway: () => house && gatewayListener(house),
    provider: () => central && providerListener(central),
    admin: () => (central === undefined ? probeListener(config, clock, watch) : adminListener(central, watch)),
    signals: () => central && signalsListener(central),
  };
  return allRoles.filter((role) => roles.includes(role)).flatMap((role) => make[role]() ?? []);
}

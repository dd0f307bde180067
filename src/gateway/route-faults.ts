import { canonicalPath } from './canonical-target.ts';
import type { RouteOptions } from './gateway-options.ts';
import { parseHost } from './host.ts';
import { everyHost, hostsOf } from './router.ts';

/** What is wrong with a route, for the report on the configuration. */
export interface RouteFault {
  /** Index in the list of routes. */
  readonly index: number;
  readonly reason: string;
  readonly remedy: string;
}

/** Every route that can never match as written, or that another one claims too. */
export function findRouteFaults(routes: readonly RouteOptions[]): readonly RouteFault[] {
  const claimed = new Map<string, number>();
  return routes.flatMap((route, index) => [
    ...pathFaults(route, index),
    ...hostFaults(route, index),
    ...hostsOf(route).flatMap((host) => conflictFaults(claimed, host, route.path.replace(/\/$/, ''), index)),
  ]);
}

function pathFaults(route: RouteOptions, index: number): RouteFault[] {
  const canonical = canonicalPath(route.path);
  if (canonical.ok && canonical.value === route.path && /^\/[^?]*$/.test(route.path)) return [];
  const remedy =
    canonical.ok && canonical.value.startsWith('/') && !route.path.includes('?')
      ? `write ${canonical.value}`
      : 'write an absolute path without query, dot segments and empty segments';
  return [{ index, reason: `${JSON.stringify(route.path)} is not a canonical path`, remedy }];
}

function hostFaults(route: RouteOptions, index: number): RouteFault[] {
  return (route.hosts ?? [])
    .filter((host) => parseHost(host.replace(/^\*\./, ''))?.name !== host.replace(/^\*\./, '').toLowerCase())
    .map((host) => ({
      index,
      reason: `${JSON.stringify(host)} is not a host name`,
      remedy: 'write a name without port and trailing dot, or *. and a name',
    }));
}

function conflictFaults(claimed: Map<string, number>, host: string, path: string, index: number): RouteFault[] {
  const key = `${host}${path}`;
  const other = claimed.get(key);
  if (other === undefined) claimed.set(key, index);
  if (other === undefined || other === index) return [];
  const where = host === everyHost ? 'every host' : host;
  return [
    {
      index,
      reason: `${path === '' ? '/' : path} on ${where} is claimed by another API too (number ${other + 1})`,
      remedy: 'give one of them another path or host',
    },
  ];
}

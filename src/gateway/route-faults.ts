import { canonicalPath } from './canonical-target.ts';
import type { RouteOptions } from './gateway-options.ts';
import { parseHost } from './host.ts';
import { everyHost, hostsOf } from './router.ts';

/** What is wrong with a route, for the report on the configuration. */
export interface RouteFault {
  /** Of the API whose route it is. */
  readonly name: string;
  readonly reason: string;
  readonly remedy: string;
}

export interface NamedRoute {
  readonly name: string;
  readonly route: RouteOptions;
}

/** Every route that can never match as written, or that another one claims too. */
export function findRouteFaults(apis: readonly NamedRoute[]): readonly RouteFault[] {
  const claimed = new Map<string, string>();
  return apis.flatMap(({ name, route }) => [
    ...pathFaults(route, name),
    ...hostFaults(route, name),
    ...hostsOf(route).flatMap((host) => conflictFaults(claimed, host, route.path.replace(/\/$/, ''), name)),
  ]);
}

function pathFaults(route: RouteOptions, name: string): RouteFault[] {
  const canonical = canonicalPath(route.path);
  if (canonical.ok && canonical.value === route.path && /^\/[^?]*$/.test(route.path)) return [];
  const remedy =
    canonical.ok && canonical.value.startsWith('/') && !route.path.includes('?')
      ? `Write ${canonical.value}.`
      : 'Write an absolute path without query, dot segments and empty segments.';
  return [{ name, reason: `${JSON.stringify(route.path)} is not a canonical path`, remedy }];
}

function hostFaults(route: RouteOptions, name: string): RouteFault[] {
  return (route.hosts ?? [])
    .filter((host) => parseHost(host.replace(/^\*\./, ''))?.name !== host.replace(/^\*\./, '').toLowerCase())
    .map((host) => ({
      name,
      reason: `${JSON.stringify(host)} is not a host name`,
      remedy: 'Write a name without port and trailing dot, or *. and a name.',
    }));
}

function conflictFaults(claimed: Map<string, string>, host: string, path: string, name: string): RouteFault[] {
  const key = `${host}${path}`;
  const other = claimed.get(key);
  if (other === undefined) claimed.set(key, name);
  if (other === undefined || other === name) return [];
  const where = host === everyHost ? 'every host' : host;
  return [
    {
      name,
      reason: `${path === '' ? '/' : path} on ${where} is claimed by ${other} too`,
      remedy: 'Give one of them another path or host.',
    },
  ];
}

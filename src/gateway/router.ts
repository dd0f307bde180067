import type { RouteOptions } from './gateway-options.ts';

/** Finds what serves a host and a canonical path: the most specific host first, then the longest path. */
export interface Router<Served> {
  find(host: string, path: string): Served | undefined;
}

/** Where a route leads, by its path without trailing slash (`` for the root). */
interface PathTable<Served> {
  readonly byPath: Map<string, Served>;
  /** Segments of the longest path in the table: no request path need be looked up beyond them. */
  depth: number;
}

/** Stands in the tables for routes that name no host. */
export const everyHost = '*';

export function createRouter<Served>(entries: readonly (readonly [RouteOptions, Served])[]): Router<Served> {
  const tables = new Map<string, PathTable<Served>>();
  for (const [route, served] of entries) {
    const path = route.path.replace(/\/$/, '');
    for (const host of hostsOf(route)) {
      const table = tables.get(host) ?? { byPath: new Map<string, Served>(), depth: 0 };
      table.byPath.set(path, served);
      table.depth = Math.max(table.depth, path.split('/').length - 1);
      tables.set(host, table);
    }
  }
  return { find: (host, path) => findHost(tables, host, path) };
}

/** Exact host, then `*.` and each shorter tail of it, then the routes of every host. */
function findHost<Served>(tables: Map<string, PathTable<Served>>, host: string, path: string): Served | undefined {
  const exact = findPath(tables.get(host), path);
  if (exact !== undefined) return exact;
  if (tables.size > 1) {
    for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) {
      const wildcard = findPath(tables.get(`*${host.slice(dot)}`), path);
      if (wildcard !== undefined) return wildcard;
    }
  }
  return findPath(tables.get(everyHost), path);
}

function findPath<Served>(table: PathTable<Served> | undefined, path: string): Served | undefined {
  if (table === undefined || !path.startsWith('/')) return undefined;
  let end = endOfSegments(path, table.depth);
  while (end > 0) {
    const served = table.byPath.get(path.slice(0, end));
    if (served !== undefined) return served;
    end = path.lastIndexOf('/', end - 1);
  }
  return table.byPath.get('');
}

function endOfSegments(path: string, count: number): number {
  let end = 0;
  for (let i = 0; i < count; i++) {
    end = path.indexOf('/', end + 1);
    if (end === -1) return path.length;
  }
  return end;
}

export function hostsOf(route: RouteOptions): readonly string[] {
  return route.hosts?.map((host) => host.toLowerCase()) ?? [everyHost];
}

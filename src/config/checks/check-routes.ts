import type { Config } from '../config.ts';
import type { Findings } from './findings.ts';

/** A request is for one API: no two claim the same path on the same host. A longer path wins over a shorter one. */
export function checkRoutes({ apis }: Config, findings: Findings): void {
  const taken = new Map<string, string>();
  for (const { name, route } of apis) {
    for (const host of route.hosts ?? ['every host']) {
      const path = route.path.replace(/\/$/, '');
      const key = `${host} ${path}`;
      const other = taken.get(key);
      if (other === undefined) taken.set(key, name);
      else findings.fault(['apis', name, 'route'], `${other} claims ${path || '/'} on ${host} too`, remedy);
    }
  }
}

const remedy = 'Give one of them another path or host.';

import type { AdminDependencies } from './admin-dependencies.ts';
import type { Admin, AdminOptions } from './create-admin.ts';
import type { Probes, ProbesDependencies } from './create-probes.ts';

/** The admin API, made when it is first called: what it stands on is large, and many a process is never asked. */
export function adminOnDemand(
  options: AdminOptions,
  dependencies: AdminDependencies,
): Pick<Admin, 'handler' | 'close'> {
  let admin: Promise<Admin> | undefined;
  const load = async () => (await import('./create-admin.ts')).createAdmin(options, dependencies);
  return Object.freeze({
    async handler(request, response) {
      admin ??= load();
      await (await admin).handler(request, response);
    },
    close() {
      void admin?.then(({ close }) => close());
    },
  } satisfies Pick<Admin, 'handler' | 'close'>);
}

/** The probes, which stand on the same. */
export function probesOnDemand(options: AdminOptions, dependencies: ProbesDependencies): Probes {
  let probes: Promise<Probes> | undefined;
  const load = async () => (await import('./create-probes.ts')).createProbes(options, dependencies);
  return Object.freeze({
    async handler(request, response) {
      probes ??= load();
      await (await probes).handler(request, response);
    },
  } satisfies Probes);
}

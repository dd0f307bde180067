import type { Config } from '../config/index.ts';
import { StartupFailure } from './listener.ts';

/** The listeners of the program. Each can run alone. */
export const roles = ['gateway', 'provider', 'admin', 'signals'] as const;
export type Role = (typeof roles)[number];

/** Those that need no store; of `admin` only the probes are left. */
const edgeRoles: readonly Role[] = ['gateway', 'admin'];

/**
 * @param asked undefined: all that there can be
 * @throws StartupFailure where one of them needs what the configuration does not have
 */
export function rolesFor({ store }: Config, asked: readonly Role[] | undefined): readonly Role[] {
  if (store.kind !== 'none') return asked ?? roles;
  if (asked === undefined) return edgeRoles;
  const unfit = asked.filter((role) => !edgeRoles.includes(role));
  if (unfit.length === 0 && asked.includes('gateway')) return asked;
  const what = unfit.length === 0 ? 'is to be no gateway' : `is asked for ${unfit.join(', ')}`;
  throw new StartupFailure(
    `the program has no store (store: none) and ${what}. Remedy: leave out --roles; what needs a store runs at the hub`,
  );
}

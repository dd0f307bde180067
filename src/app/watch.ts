import type { AdminDependencies } from '../admin/index.ts';

/** What the listener for operators tells of all processes of the program. */
export type Watch = Pick<AdminDependencies, 'readiness' | 'metrics'>;

import { findRouteFaults } from '../../gateway/index.ts';
import type { Config } from '../config.ts';
import type { Findings } from './findings.ts';

/** A request is for one API: no two claim the same path on the same host. A longer path wins over a shorter one. */
export function checkRoutes({ apis }: Config, findings: Findings): void {
  for (const { name, reason, remedy } of findRouteFaults(apis)) findings.fault(['apis', name, 'route'], reason, remedy);
}

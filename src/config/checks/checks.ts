import type { Config } from '../config.ts';
import { checkAcceptedIssuers } from './check-accepted-issuers.ts';
import { checkAudiences } from './check-audiences.ts';
import { checkClients } from './check-clients.ts';
import { checkForwarding } from './check-forwarding.ts';
import { checkGrants } from './check-grants.ts';
import { checkIdentities } from './check-identities.ts';
import { checkListeners } from './check-listeners.ts';
import { checkRoutes } from './check-routes.ts';
import { checkRules } from './check-rules.ts';
import { checkTokens } from './check-tokens.ts';
import type { Findings } from './findings.ts';

/** Everything that the schema cannot say, since it is about more than one option. */
export const checks: readonly ((config: Config, findings: Findings) => void)[] = [
  checkListeners,
  checkAcceptedIssuers,
  checkAudiences,
  checkRoutes,
  checkRules,
  checkTokens,
  checkForwarding,
  checkClients,
  checkGrants,
  checkIdentities,
];

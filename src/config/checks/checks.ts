import type { Config } from '../config.ts';
import { checkAcceptedIssuers } from './check-accepted-issuers.ts';
import { checkAsking } from './check-asking.ts';
import { checkAudiences } from './check-audiences.ts';
import { checkClients } from './check-clients.ts';
import { checkConsumers } from './check-consumers.ts';
import { checkDecryption } from './check-decryption.ts';
import { checkEdge } from './check-edge.ts';
import { checkExchange } from './check-exchange.ts';
import { checkForwarding } from './check-forwarding.ts';
import { checkIdentities } from './check-identities.ts';
import { checkIntrospection } from './check-introspection.ts';
import { checkKeySets } from './check-key-sets.ts';
import { checkListeners } from './check-listeners.ts';
import { checkOwnForm } from './check-own-form.ts';
import { checkProviderOptions } from './check-provider-options.ts';
import { checkRoutes } from './check-routes.ts';
import { checkRules } from './check-rules.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkSignals } from './check-signals.ts';
import { checkStatus } from './check-status.ts';
import { checkTokens } from './check-tokens.ts';
import type { Findings } from './findings.ts';

/** Everything that the schema cannot say, since it is about more than one option. */
export const checks: readonly ((config: Config, findings: Findings) => void)[] = [
  checkListeners,
  checkEdge,
  checkAcceptedIssuers,
  checkKeySets,
  checkIntrospection,
  checkOwnForm,
  checkDecryption,
  checkStatus,
  checkAsking,
  checkConsumers,
  checkAudiences,
  checkRoutes,
  checkRules,
  checkTokens,
  checkForwarding,
  checkClients,
  checkProviderOptions,
  checkExchange,
  checkIdentities,
  checkSignals,
  checkSecrets,
];

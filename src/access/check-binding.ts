import type { Principal } from '../protocol/principal.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import type { Witness } from '../protocol/witness.ts';
import type { Credential } from './credential.ts';

/**
 * Step 5. A token with `cnf` (RFC 7800) is nothing without its proof, and no proof can be checked yet: whatever
 * member `cnf` has, the token is refused. A token presented as DPoP-bound that is not (RFC 9449 section 7.1) likewise.
 */
export function checkBinding(principal: Principal, credential: Credential, witness?: Witness): Rejection | undefined {
  if (principal.confirmation !== undefined) {
    return rejection('binding_unsupported', { cnf: Object.keys(principal.confirmation) });
  }
  if (credential.scheme === 'dpop') return rejection('binding_unsupported', { scheme: credential.scheme });
  witness?.('binding', { bound: false });
  return undefined;
}

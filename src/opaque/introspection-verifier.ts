import { rejection } from '../protocol/rejection.ts';
import { refuse } from '../protocol/verdict.ts';
import type { IntrospectionHealth } from './introspection-health.ts';
import type { IntrospectionDependencies, IntrospectionOptions } from './introspection-options.ts';
import type { OpaqueVerifier } from './opaque-verifier.ts';

/** Asks a third-party issuer about its tokens. */
export interface IntrospectionVerifier extends OpaqueVerifier {
  health(): IntrospectionHealth;
}

/** @throws IntrospectionOptionsInvalid */
export function createIntrospectionVerifier(
  { issuerName, endpoint }: IntrospectionOptions,
  _dependencies: IntrospectionDependencies,
): IntrospectionVerifier {
  return Object.freeze({
    issuerName,
    recognises: () => false,
    verify: () => refuse(rejection('issuer_unavailable', { issuer: issuerName })),
    health: () => ({
      issuerName,
      endpoint: endpoint.replace(/[?#].*$/, ''),
      state: 'waiting' as const,
      lastSuccess: undefined,
      lastFailure: undefined,
      failures: 0,
      nextAttempt: undefined,
      remembered: { active: 0, inactive: 0 },
      asking: 0,
      waiting: 0,
    }),
  });
}

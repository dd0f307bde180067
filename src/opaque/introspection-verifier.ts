import { chooseAnswerForm } from './choose-answer-form.ts';
import { GuardedEndpoint } from './guarded-endpoint.ts';
import { Inquiry } from './inquiry.ts';
import { createIntrospectionClient } from './introspection-client.ts';
import type { IntrospectionHealth } from './introspection-health.ts';
import type { IntrospectionDependencies, IntrospectionOptions } from './introspection-options.ts';
import { introspectionSettings } from './introspection-settings.ts';
import type { OpaqueVerifier } from './opaque-verifier.ts';
import { recogniseForm } from './recognise-form.ts';

/** Asks a third-party issuer about its tokens. */
export interface IntrospectionVerifier extends OpaqueVerifier {
  health(): IntrospectionHealth;
}

/** @throws IntrospectionOptionsInvalid */
export function createIntrospectionVerifier(
  options: IntrospectionOptions,
  dependencies: IntrospectionDependencies,
): IntrospectionVerifier {
  const settings = introspectionSettings(options, dependencies);
  const { issuerName } = settings;
  const recognises = recogniseForm(issuerName, options.form);
  const { http, clock } = dependencies;
  const ask = createIntrospectionClient(settings, chooseAnswerForm(settings, clock), http, clock);
  const endpoint = new GuardedEndpoint(settings, ask, clock);
  const inquiry = new Inquiry(settings, endpoint, clock);
  return Object.freeze({
    issuerName,
    recognises,
    verify: (token, hash, now, graceMs, witness) => inquiry.verify({ token, hash, now, graceMs, witness }),
    health: () => ({ ...endpoint.health(), remembered: inquiry.remembered }),
  } satisfies IntrospectionVerifier);
}

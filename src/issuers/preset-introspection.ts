import type { PresetName } from './preset.ts';
import { presets } from './presets.ts';

/** Where and how an issuer is asked about its tokens, unless the operator says otherwise. */
export interface PresetIntrospection {
  /** Undefined where the provider has no place that its issuer identifier tells. */
  readonly endpoint: string | undefined;
  readonly protocol: 'rfc7662' | 'tokeninfo';
}

/** @param issuer the issuer identifier, as configured */
export function presetIntrospection(name: PresetName, issuer: string): PresetIntrospection {
  const preset = presets[name];
  return { endpoint: preset.introspectionEndpoint?.(issuer), protocol: preset.introspectionProtocol ?? 'rfc7662' };
}

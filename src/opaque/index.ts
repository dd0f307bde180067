export {
  type GraceGiven,
  gracesGiven,
  type IntrospectionCircuitChanged,
  type IntrospectionFailed,
  introspectionCircuits,
  introspectionsFailed,
  type TokenIntrospected,
  tokensIntrospected,
} from './channels.ts';
export type { ClientAuthentication } from './client-authentication.ts';
export { type ClientKey, ClientKeyInvalid, importClientKey } from './client-key.ts';
export type { IntrospectionFailure } from './introspection-failure.ts';
export type { IntrospectionHealth } from './introspection-health.ts';
export type {
  AnswerKeys,
  IntrospectionDependencies,
  IntrospectionOptions,
  OpaqueTokenForm,
} from './introspection-options.ts';
export { IntrospectionOptionsInvalid } from './introspection-options-invalid.ts';
export { createIntrospectionVerifier, type IntrospectionVerifier } from './introspection-verifier.ts';
export {
  checksumFits,
  generateOpaqueToken,
  type OpaquePrefix,
  opaquePrefixes,
  opaquePrefixOf,
} from './opaque-form.ts';
export type { OpaqueVerifier } from './opaque-verifier.ts';
export { createStoreVerifier, type StoreVerifierOptions, type TokenLookup, tokenLookups } from './store-verifier.ts';
export type { TokenRecord, TokenStore } from './token-store.ts';

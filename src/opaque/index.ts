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

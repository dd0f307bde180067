export { type AlgorithmName, algorithmNames } from './algorithms.ts';
export { decodeJwt, type UnverifiedJwt } from './decode.ts';
export type { JwtExpectation } from './expectation.ts';
export { importKeySet, type KeySet, type SkippedKey } from './key-set.ts';
export { recognise } from './recognise.ts';
export { tokenHashes } from './token-hashes.ts';
export type { VerificationKey } from './verification-key.ts';
export { verifyJws } from './verify-jws.ts';
export { verifyJwt } from './verify-jwt.ts';

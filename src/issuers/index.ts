export type { ClaimPath, ClaimPlaces } from './claim-places.ts';
export type { Issuer } from './issuer.ts';
export {
  type DocumentFailure,
  type IssuerFailure,
  type IssuerFailureCode,
  issuerFailureKinds,
} from './issuer-failure.ts';
export type { IssuerOptions, KeyTimes } from './issuer-options.ts';
export type { IssuerDependencies, IssuerHealth, IssuerRegistry } from './issuer-registry.ts';
export type { KeyFacts, KeySource, KeySourceHealth, SkippedKeyFacts } from './key-source.ts';
export { type PresetName, presetNames } from './preset.ts';

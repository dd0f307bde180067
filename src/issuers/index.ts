export {
  type IssuerWarning,
  issuerWarned,
  type KeySkipped,
  type KeysNotRefreshed,
  type KeysRefreshed,
  keySkipped,
  keysNotRefreshed,
  keysRefreshed,
} from './channels.ts';
export type { ClaimPath, ClaimPlaces } from './claim-places.ts';
export { type DiagnosisDependencies, diagnoseIssuer, type IssuerQuestion } from './diagnosis/diagnose-issuer.ts';
export type { DiagnosisStep, DiagnosisStepName, FoundIssuer, IssuerDiagnosis } from './diagnosis/diagnosis.ts';
export type { Notice, NoticeCode } from './diagnosis/notice.ts';
export { questionOfText, questionsOfOptions } from './diagnosis/questions.ts';
export type { Issuer } from './issuer.ts';
export type { DocumentFailure, IssuerFailure, IssuerFailureCode } from './issuer-failure.ts';
export type { IssuerOptions, KeyTimes } from './issuer-options.ts';
export { IssuerOptionsInvalid } from './issuer-options-invalid.ts';
export { type IssuerDependencies, type IssuerHealth, IssuerRegistry } from './issuer-registry.ts';
export type { KeyFacts, KeySource, KeySourceHealth, SkippedKeyFacts } from './key-source.ts';
export { createLocalIssuer, type LocalIssuerOptions } from './local-issuer.ts';
export { placesOf } from './places-of.ts';
export { type PresetName, presetNames } from './preset.ts';
export { type PresetIntrospection, presetIntrospection } from './preset-introspection.ts';
export type { IssuerProposal, ProposedSetting, ProposedValue } from './proposal/proposal.ts';
export { proposeIssuer } from './proposal/propose-issuer.ts';

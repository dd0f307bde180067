export {
  revocationLogReplaced,
  revocationLogUnreadable,
  revocationsAppended,
  revocationsApplied,
} from './channels.ts';
export { createRevocations, type Revocations, type RevocationsOptions } from './create-revocations.ts';
export { type LogPage, type LogPosition, startOfLog } from './log-position.ts';
export { type PreparedRevocation, prepareRevocations } from './prepare-revocations.ts';
export { maxRetention, retainForCutOff, retainForToken } from './retention.ts';
export { type NewRevocation, type Revocation, type RevocationKind, revocationKinds } from './revocation.ts';
export { RevocationIndex } from './revocation-index.ts';
export { type RevocationFault, RevocationInvalid } from './revocation-invalid.ts';
export type { RevocationFilter, RevocationLog } from './revocation-log.ts';
export { isInForce, type RevocationMatch } from './revocation-match.ts';

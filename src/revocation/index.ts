export {
  presenceUnreported,
  receiptGiven,
  revocationLogReplaced,
  revocationLogUnreadable,
  revocationsAppended,
  revocationsApplied,
} from './channels.ts';
export {
  createRevocations,
  type Revocations,
  type RevocationsOptions,
  type RevokedEverywhere,
} from './create-revocations.ts';
export { cutOffByNow } from './cut-off-by-now.ts';
export { FollowedLog } from './followed-log.ts';
export {
  type FollowedRevocations,
  followRevocations,
} from './followed-revocations.ts';
export type { GatewayList, GatewayReport, GatewayRoster, ListedGateway } from './gateway-roster.ts';
export type { LogEntries, LogEvent, LogHead } from './log-event.ts';
export type { LogFollower } from './log-follower.ts';
export { type LogPage, type LogPosition, startOfLog } from './log-position.ts';
export { isSamePosition, readPosition, writePosition } from './position-text.ts';
export { furthestCutOff, type PreparedRevocation, prepareRevocations } from './prepare-revocations.ts';
export { Presence, type PresenceOptions } from './presence.ts';
export { readLogEvent } from './read-log-event.ts';
export type { GatewayReceipt, Receipt } from './receipt.ts';
export { forGood, retainForCutOff, retainForToken } from './retention.ts';
export {
  type NewRevocation,
  type Revocation,
  type RevocationEffect,
  type RevocationKind,
  revocationKinds,
} from './revocation.ts';
export { RevocationIndex } from './revocation-index.ts';
export { type RevocationFault, RevocationInvalid } from './revocation-invalid.ts';
export type { RevocationFilter, RevocationLog } from './revocation-log.ts';
export { isInForce, type RevocationMatch } from './revocation-match.ts';
export { writeLogEvent } from './write-log-event.ts';

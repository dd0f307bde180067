export { statusListsFetched, statusListsNotFetched } from './channels.ts';
export { IssuerStatuses, type StatusDependencies, type StatusOptions, type TokenStatuses } from './issuer-statuses.ts';
export { entriesOf, newStatusList, type StatusBits, type StatusList, setStatus, statusAt } from './status-list.ts';
export { type EncodedStatusList, encodeStatusList } from './status-list-encoding.ts';
export type { StatusListFailure } from './status-list-failure.ts';
export { StatusListMemory } from './status-list-memory.ts';
export { readStatusReference, type StatusReference } from './status-reference.ts';
export type { StatusKeys, StatusSigner } from './status-signer.ts';

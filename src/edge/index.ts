export { type FollowHubOptions, followHub } from './follow-hub.ts';
export { HubFailure } from './hub-failure.ts';
export type { HubOptions } from './hub-options.ts';

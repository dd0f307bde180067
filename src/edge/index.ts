export { type FollowHubOptions, followHub } from './follow-hub.ts';
export type { HubOptions } from './hub-options.ts';

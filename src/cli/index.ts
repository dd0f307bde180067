export type { Companions } from './companions.ts';
export { run } from './run.ts';

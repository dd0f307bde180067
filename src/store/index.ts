export type { Store } from './store.ts';
export { StoreUnusable } from './store-unusable.ts';

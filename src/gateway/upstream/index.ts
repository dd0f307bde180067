export type { PoolOptions } from './connect-upstream.ts';
export type { ResponseHead } from './response-head.ts';
export { UpstreamPool } from './upstream-pool.ts';
export type { Carrier, UpstreamListener, UpstreamRequest } from './upstream-request.ts';

import { type Access, createAccess, type OnRateTaken } from '../access/index.ts';
import type { Config } from '../config/index.ts';
import type { FollowedRevocations } from '../revocation/index.ts';

/** The decision, with the bounds of the configuration. */
export function accessOf(
  { gateway }: Config,
  revocations: FollowedRevocations,
  onRateTaken: OnRateTaken | undefined,
): Access {
  return createAccess(revocations, { maxTokenLength: gateway.limits.token, cacheBytes: gateway.cache, onRateTaken });
}

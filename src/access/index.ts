export { staleServed } from './channels.ts';
export type { Revocations } from './check-revocation.ts';
export type { OnRateTaken, RateTaking } from './consumer-rates.ts';
export {
  type Consumer,
  type ConsumerClient,
  type ConsumerOptions,
  type ConsumerRate,
  type Consumers,
  createConsumers,
} from './consumers.ts';
export { type Access, type AccessOptions, createAccess } from './create-access.ts';
export type { Decision, Granted, Refused } from './decision.ts';
export type { ExplainedRejection, ExplainedStep, Explanation } from './explain.ts';
export type { OpaqueSource, ProtectedApi } from './protected-api.ts';

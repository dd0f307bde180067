import type { Principal } from '../protocol/principal.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import type { Witness } from '../protocol/witness.ts';
import type { Consumer } from './consumers.ts';
import type { ProtectedApi } from './protected-api.ts';

/** A part of step 6: whether this API serves the consumer whose client it is. Who is blocked is blocked everywhere. */
export function checkConsumer(
  { consumer: demand }: ProtectedApi,
  consumer: Consumer | undefined,
  { issuerName, client }: Principal,
  witness?: Witness,
): Rejection | undefined {
  if (consumer === undefined) {
    return demand === 'any' ? undefined : rejection('consumer_unknown', { issuer: issuerName, client, demand });
  }
  const { name, blocked } = consumer;
  if (blocked) return rejection('consumer_blocked', { consumer: name, issuer: issuerName, client });
  if (typeof demand !== 'string' && !demand.includes(name)) {
    return rejection('consumer_not_allowed', { consumer: name, issuer: issuerName, client, allowed: demand });
  }
  witness?.('policy', { consumer: name });
  return undefined;
}

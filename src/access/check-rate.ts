import type { EpochMs } from '../base/clock.ts';
import { type Rejection, rejection } from '../protocol/rejection.ts';
import type { Witness } from '../protocol/witness.ts';
import type { ConsumerRates } from './consumer-rates.ts';
import type { Consumer } from './consumers.ts';
import type { ProtectedApi } from './protected-api.ts';

/**
 * The last of step 6, so that only what everything else lets pass is counted.
 *
 * @param rates undefined: the request was counted before
 * @param witness only looks on, so with one nothing is counted
 */
export function checkRate(
  rates: ConsumerRates | undefined,
  { name: api }: ProtectedApi,
  consumer: Consumer | undefined,
  now: EpochMs,
  witness?: Witness,
): Rejection | undefined {
  const rate = consumer?.rate;
  if (rates === undefined || consumer === undefined || rate === undefined) return undefined;
  const wait = rates.wait(api, consumer.name, rate, now);
  if (wait > 0) {
    const retryAfter = Math.ceil(wait / 1000);
    return rejection('rate_exceeded', { consumer: consumer.name, api, ...rate }, { retryAfter });
  }
  if (witness === undefined) rates.take(api, consumer.name, rate, now);
  else witness('policy', { rate });
  return undefined;
}

import { answer } from './answer.ts';
import type { Identity } from './identity.ts';
import type { Spend } from './spend.ts';

/** Tells another proxy that it may forward the request, and what to tell the upstream about the caller. */
export const answerDecision: Spend = (exchange, api, _request, granted) => {
  const fields = api.identity.fieldsFor(granted, exchange.house.clock());
  answer(exchange, 200, [...fields, ...withheld(api.identity, fields), 'cache-control', 'no-store'], '');
};

/**
 * Envoy copies the fields of this answer onto the request, and leaves what the client sent where there is none:
 * it has to be told what to take away. Other proxies know it from their own configuration.
 */
function withheld(identity: Identity, fields: readonly string[]): readonly string[] {
  const removed = identity.reserved.filter((name) => !fields.includes(name));
  return removed.length === 0 ? [] : ['x-envoy-auth-headers-to-remove', removed.join(',')];
}

import type { LookupAddress, LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type AddressRule, refuseAddress } from './address-rule.ts';
import type { NetFailure } from './net-failure.ts';
import { NetRefusal } from './net-refusal.ts';

/** As node:dns `lookup` with `all`. */
export type Resolver = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Resolves for the connection itself and judges what it resolved, so that no second resolution can differ from the
 * one that was judged (DNS rebinding).
 */
export function guardedLookup(resolve: Resolver, rule: AddressRule): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '');
      const failure = refuseAny(hostname, addresses, rule);
      if (failure !== undefined) return callback(new NetRefusal(failure), '');
      return answer(addresses, options.all === true, callback);
    });
  };
}

/** One forbidden address among several spoils the name. */
function refuseAny(hostname: string, addresses: readonly LookupAddress[], rule: AddressRule): NetFailure | undefined {
  for (const { address } of addresses) {
    const failure = refuseAddress(hostname, address, rule);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** node:net asks for all addresses only where it chooses among the families itself. */
function answer(addresses: LookupAddress[], all: boolean, callback: Parameters<LookupFunction>[2]): void {
  const [first] = addresses;
  if (all || first === undefined) callback(null, addresses);
  else callback(null, first.address, first.family);
}

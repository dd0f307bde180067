import { addressKind } from './address-kind.ts';
import { type NetFailure, netFailure } from './net-failure.ts';

/** What decides whether an address may be connected to. */
export interface AddressRule {
  readonly protocol: string;
  readonly loopbackAllowed: boolean;
}

/** @returns why this address may not be connected to, undefined if it may */
export function refuseAddress(host: string, address: string, rule: AddressRule): NetFailure | undefined {
  const kind = addressKind(address);
  if (kind === 'loopback' && rule.loopbackAllowed) return undefined;
  if (kind !== 'ordinary') return netFailure('forbidden_address', { host, address, kind });
  if (rule.protocol !== 'https:') return netFailure('not_https', { host, address });
  return undefined;
}

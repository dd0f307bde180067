import type { Clock, EpochMs } from '../base/clock.ts';
import type { HttpClient } from '../net/index.ts';
import { type FetchedKeys, fetchKeys } from './fetch-keys.ts';
import type { IssuerResult } from './issuer-failure.ts';
import type { KeySpec } from './key-spec.ts';
import { type KeyLocation, locateKeys } from './locate-keys.ts';

/** Gets the key set as it is now. Never throws, never takes longer than its documents' time-outs. */
export type KeyRetriever = (signal: AbortSignal) => Promise<IssuerResult<FetchedKeys>>;

/** Discovery documents hardly ever change: once an hour, and whenever the keys are not where they were. */
const locationLifetime = 60 * 60 * 1000;

export function keyRetriever(http: HttpClient, clock: Clock, spec: KeySpec): KeyRetriever {
  let known: { readonly location: KeyLocation; readonly until: EpochMs } | undefined;
  return async (signal) => {
    if (known === undefined || clock() >= known.until) {
      const located = await locateKeys(http, spec, signal);
      if (!located.ok) return located;
      known = { location: located.value, until: clock() + locationLifetime };
    }
    const fetched = await fetchKeys(http, known.location, spec.tenant, signal);
    if (!fetched.ok) known = undefined;
    return fetched;
  };
}

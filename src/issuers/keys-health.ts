import type { EpochMs } from '../base/clock.ts';
import type { VerificationKey } from '../tokens/index.ts';
import type { FetchedKeys } from './fetch-keys.ts';
import type { IssuerFailure } from './issuer-failure.ts';
import type { KeyFacts, KeySourceHealth } from './key-source.ts';

export interface KeysState {
  readonly keys: FetchedKeys | undefined;
  readonly usable: boolean;
  readonly usableUntil: EpochMs;
  readonly lastSuccess: EpochMs | undefined;
  readonly lastAttempt: EpochMs | undefined;
  readonly nextFetch: EpochMs | undefined;
  readonly failure: IssuerFailure | undefined;
}

export function keysHealth(state: KeysState): KeySourceHealth {
  const { keys, lastSuccess, lastAttempt, nextFetch, failure } = state;
  const clockWarnings = clockWarning(keys?.sentAt, lastSuccess);
  return {
    state: stateOf(state),
    discovery: keys?.documentUrl,
    jwksUri: keys?.jwksUri,
    lastSuccess,
    lastAttempt,
    nextFetch,
    usableUntil: keys === undefined ? undefined : state.usableUntil,
    keys: keys?.keySet.keys.map(keyFacts) ?? [],
    skipped: keys?.skipped ?? [],
    failure,
    clockWarning: clockWarnings[0],
    warnings: [...(keys?.warnings ?? []), ...clockWarnings],
  };
}

function stateOf({ usable, failure }: KeysState): KeySourceHealth['state'] {
  if (failure === undefined) return usable ? 'fresh' : 'waiting';
  return usable ? 'stale' : 'unavailable';
}

export function keyFacts({ id, type, algorithms }: VerificationKey): KeyFacts {
  return { kid: id, kty: type, algorithms: algorithms.map(({ name }) => name) };
}

/** Milliseconds. More than a slow answer and a whole-second Date header explain. */
const clockTolerance = 30_000;

export function clockWarning(sentAt: EpochMs | undefined, receivedAt: EpochMs | undefined): readonly string[] {
  if (sentAt === undefined || receivedAt === undefined) return [];
  const seconds = Math.round((receivedAt - sentAt) / 1000);
  if (Math.abs(seconds) * 1000 <= clockTolerance) return [];
  const direction = seconds > 0 ? 'ahead of' : 'behind';
  return [`The clock of this machine is ${Math.abs(seconds)} seconds ${direction} the issuer's.`];
}
